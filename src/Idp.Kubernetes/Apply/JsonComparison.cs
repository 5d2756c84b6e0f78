using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Brings elements of keyed lists together.</summary>
internal static class ListKeys
{
    /// <summary>Finds for every wanted element the key that it is owned under; null where it is not.</summary>
    /// <remarks>
    /// An element may leave out a key that has a default (a port its protocol), so those that say all of their keys
    /// choose first.
    /// </remarks>
    public static (JsonObject Key, FieldSet Set)?[] Pair(JsonArray wanted, FieldSet owned)
    {
        var pairs = new (JsonObject Key, FieldSet Set)?[wanted.Count];
        var free = owned.Items.ToList();
        foreach (var complete in new[] { true, false })
        {
            for (var index = 0; index < wanted.Count; index++)
            {
                if (pairs[index] is null && free.FindIndex(item => Fits(wanted[index], item.Key, complete)) is >= 0 and var found)
                {
                    pairs[index] = free[found];
                    free.RemoveAt(found);
                }
            }
        }

        return pairs;
    }

    /// <summary>The keys of an element that nobody owns yet, after the names of those in the same list.</summary>
    public static JsonObject KeyOf(JsonNode? element, FieldSet owned)
    {
        var key = new JsonObject();
        foreach (var (name, _) in owned.Items[0].Key)
        {
            if (element is JsonObject fields && fields[name] is { } value)
            {
                key[name] = value.DeepClone();
            }
        }

        return key;
    }

    /// <summary>Finds an element by its keys.</summary>
    public static JsonNode? Find(JsonArray list, JsonObject key) => list.FirstOrDefault(element => Fits(element, key, complete: true));

    /// <summary>Returns <c>[name=value,...]</c>.</summary>
    public static string Print(JsonObject key) => $"[{string.Join(',', key.Select(pair => $"{pair.Key}={pair.Value}"))}]";

    private static bool Fits(JsonNode? element, JsonObject key, bool complete)
    {
        if (element is not JsonObject fields)
        {
            return false;
        }

        var said = 0;
        foreach (var (name, value) in key)
        {
            if (fields[name] is not { } field)
            {
                continue;
            }

            if (!Scalars.AreEqual(field, value))
            {
                return false;
            }

            said++;
        }

        return complete ? said == key.Count : said > 0;
    }
}

/// <summary>Compares values that have no members.</summary>
internal static class Scalars
{
    /// <summary>Whether the two mean the same: 1 and 1.0 do, 1 and "1" do not.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other)
    {
        if (one is not JsonValue first || other is not JsonValue second)
        {
            return one is null && other is null;
        }

        var kind = first.GetValueKind();
        if (kind != second.GetValueKind())
        {
            return false;
        }

        return kind switch
        {
            JsonValueKind.String => string.Equals(first.ToString(), second.ToString(), StringComparison.Ordinal),
            JsonValueKind.Number => AreEqualNumbers(first.ToString(), second.ToString()),
            _ => true,
        };
    }

    private static bool AreEqualNumbers(string one, string other)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
        {
            return true;
        }

        // Exact where both fit; a double only for what is beyond a decimal.
        return decimal.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && decimal.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? first == second
            : double.TryParse(one, CultureInfo.InvariantCulture, out var real)
                && double.TryParse(other, CultureInfo.InvariantCulture, out var otherReal)
                && real.Equals(otherReal);
    }
}
