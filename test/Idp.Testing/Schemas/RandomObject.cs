using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns;

namespace Idp.Testing.Schemas;

/// <summary>Makes values that a schema lets through (OpenAPI v3, as CustomResourceDefinitions carry it).</summary>
/// <remarks>
/// Whatever the schema says of a field is respected, so that a new field is covered as soon as it is there; what rules
/// say of several fields together (<c>x-kubernetes-validations</c>) is not. The same seed gives the same values.
/// </remarks>
public sealed class RandomObject(Random random)
{
    private const int Tries = 40;

    /// <summary>Offers likely values for a field, by its path such as <c>database.tables[].name</c>; they are used if the schema allows.</summary>
    /// <remarks>Without them hardly any value would fit what others name: a column of an index, a golden path, a granted organisation.</remarks>
    public Func<string, IReadOnlyList<JsonNode>?> Hints { get; init; } = static _ => null;

    /// <summary>How likely a field is given that need not be, in percent.</summary>
    public int Optional { get; init; } = 35;

    /// <summary>Makes a value.</summary>
    /// <param name="schema">What it is to pass.</param>
    /// <param name="path">Where it stands; empty at the top.</param>
    public JsonNode Make(JsonObject schema, string path = "")
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(path);
        if (random.Next(100) < 80 && Hints(path) is { Count: > 0 } hints)
        {
            return hints[random.Next(hints.Count)].DeepClone();
        }

        if (schema["enum"] is JsonArray values)
        {
            return values[random.Next(values.Count)]!.DeepClone();
        }

        return schema.TextAt("type") switch
        {
            "object" => Fields(schema, path),
            "array" => List(schema, path),
            "boolean" => random.Next(2) == 0,
            "integer" => Whole(schema),
            "number" => random.Next(1000) / 4m,
            "string" => Text(schema),
            _ when schema.FlagAt(false, "x-kubernetes-int-or-string") => random.Next(2) == 0 ? Whole(schema) : Text(schema),
            _ => new JsonObject { ["any"] = random.Next(10) },
        };
    }

    private JsonObject Fields(JsonObject schema, string path)
    {
        var result = new JsonObject();
        var required = schema["required"] as JsonArray ?? [];
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Any(each => (string?)each == name) || random.Next(100) < Optional)
            {
                result[name] = Make(field!.AsObject(), path.Length == 0 ? name : $"{path}.{name}");
            }
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            for (var count = Count(schema, "minProperties", "maxProperties"); count > 0; count--)
            {
                result[Hints($"{path}{{}}") is { } keys ? (string)keys[random.Next(keys.Count)]! : Word()] = Make(values, $"{path}.*");
            }
        }

        return result;
    }

    private JsonArray List(JsonObject schema, string path)
    {
        var keys = (schema["x-kubernetes-list-map-keys"] as JsonArray ?? []).Select(key => (string)key!).ToList();
        var result = new JsonArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var count = Count(schema, "minItems", "maxItems"); count > 0; count--)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var item = Make(schema["items"]!.AsObject(), $"{path}[]");
                var identity = keys.Count == 0 ? item.ToJsonString() : string.Join(',', keys.Select(key => item[key]?.ToJsonString()));
                if (schema.TextAt("x-kubernetes-list-type") is not ("map" or "set") || taken.Add(identity))
                {
                    result.Add(item);
                    break;
                }
            }
        }

        return result;
    }

    /// <summary>Mostly few, now and then as many as there may be, up to a dozen.</summary>
    private int Count(JsonObject schema, string least, string most)
    {
        var (from, to) = ((int)schema.NumberAt(0, least), (int)Math.Min(12, schema.NumberAt(12, most)));
        return random.Next(12) == 0 ? to : random.Next(from, Math.Min(to, from + 3) + 1);
    }

    private long Whole(JsonObject schema)
    {
        var (least, most) = (schema.NumberAt(0, "minimum"), schema.NumberAt(1_000, "maximum"));
        return random.Next(8) switch
        {
            0 => least,
            1 => most,
            _ => random.NextInt64(least, Math.Min(most, least + 20) + 1),
        };
    }

    private string Text(JsonObject schema)
    {
        var (least, most) = ((int)schema.NumberAt(0, "minLength"), (int)Math.Min(4096, schema.NumberAt(40, "maxLength")));
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var text = Candidate(schema, least, most);
            if (text.Length >= least && text.Length <= most)
            {
                return text;
            }
        }

        throw new InvalidOperationException($"No text of {least} to {most} characters was found for {schema.TextAt("pattern")}.");
    }

    private string Candidate(JsonObject schema, int least, int most)
    {
        if (schema.TextAt("format") == "date-time")
        {
            return "2026-01-02T03:04:05Z";
        }

        var length = random.Next(15) == 0 ? most : Math.Min(most, least + random.Next(12));
        return schema.TextAt("pattern") is { } pattern
            ? RandomText.Make(pattern, random, random.Next(15) == 0 ? most : random.Next(8))
            : RandomText.Any(random, length);
    }

    private string Word() => string.Create(CultureInfo.InvariantCulture, $"{"abcdef"[random.Next(6)]}{random.Next(4)}");
}
