using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>Whether a live object is already what somebody wants.</summary>
internal static class Likeness
{
    private static readonly HashSet<string> QuantityMaps = new(StringComparer.Ordinal) { "limits", "requests", "hard" };

    /// <summary>Whether every field that is wanted has the wanted value; further fields do not matter.</summary>
    public static bool Covers(JsonNode? live, JsonNode? wanted) => Covers(live, wanted, quantities: false);

    /// <summary>Whether the manager owns a field that is no longer wanted, by the object's <c>managedFields</c>.</summary>
    /// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management</remarks>
    public static bool HasLeftovers(JsonObject live, JsonObject wanted, string fieldManager) =>
        live.ObjectsAt("metadata", "managedFields")
            .Where(entry => entry.TextAt("manager") == fieldManager && entry.TextAt("operation") == "Apply")
            .Any(entry => IsLeftover(entry["fieldsV1"] as JsonObject, wanted));

    private static bool Covers(JsonNode? live, JsonNode? wanted, bool quantities) => (live, wanted) switch
    {
        (_, null) => true,
        (JsonObject one, JsonObject other) => other.All(
            member => Covers(one[member.Key], member.Value, quantities || QuantityMaps.Contains(member.Key))),
        (JsonArray one, JsonArray other) => CoversList(one, other, quantities),
        (null, JsonObject { Count: 0 } or JsonArray { Count: 0 }) => true,
        (JsonValue one, JsonValue other) => JsonNode.DeepEquals(one, other)
            || (quantities && Quantity.Canonical(Text(one)) == Quantity.Canonical(Text(other))),
        _ => false,
    };

    // Elements that have names are found by them, since other managers may add their own between.
    private static bool CoversList(JsonArray live, JsonArray wanted, bool quantities) =>
        wanted.Count > 0 && wanted.All(item => item.TextAt("name") is not null)
            ? wanted.All(item => Covers(
                live.FirstOrDefault(candidate => candidate.TextAt("name") == item.TextAt("name")), item, quantities))
            : live.Count == wanted.Count && live.Zip(wanted).All(pair => Covers(pair.First, pair.Second, quantities));

    private static bool IsLeftover(JsonObject? fields, JsonNode? wanted) =>
        fields is not null && fields.Any(field => IsLeftover(field.Key, field.Value as JsonObject, wanted));

    private static bool IsLeftover(string field, JsonObject? below, JsonNode? wanted)
    {
        if (field.StartsWith("f:", StringComparison.Ordinal))
        {
            return wanted is not JsonObject members
                || !members.TryGetPropertyValue(field[2..], out var value)
                || (value is not null && IsLeftover(below, value));
        }

        if (field.StartsWith("k:", StringComparison.Ordinal))
        {
            var key = JsonNode.Parse(field[2..]) as JsonObject ?? [];
            var element = (wanted as JsonArray)?.FirstOrDefault(item => key.All(
                part => item.At(part.Key) is not { } value || JsonNode.DeepEquals(value, part.Value)));
            return element is null || IsLeftover(below, element);
        }

        return field.StartsWith("v:", StringComparison.Ordinal)
            && (wanted as JsonArray)?.Any(item => JsonNode.DeepEquals(item, JsonNode.Parse(field[2..]))) != true;
    }

    private static string Text(JsonValue value) => value.TryGetValue(out string? text)
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
