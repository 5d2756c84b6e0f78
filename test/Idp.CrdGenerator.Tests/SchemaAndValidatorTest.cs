using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.CrdGenerator.Tests;

/// <summary>Whatever a limit of the schema forbids, the validator forbids too: every limit of every field is overstepped once.</summary>
public sealed class SchemaAndValidatorTest
{
    [Fact]
    public void TheValidatorKeepsEveryLimitOfABackendApp() => Overstep(typeof(BackendApp), "hello", spec =>
    {
        var read = spec.Deserialize(EntitiesJson.Default.BackendAppSpec)!;
        return BackendAppValidation.Validate(read, new ObjectMeta { Name = "hello" });
    });

    [Fact]
    public void TheValidatorKeepsEveryLimitOfAnApplicationEnvironment() => Overstep(typeof(ApplicationEnvironment), "hello-a", spec =>
    {
        var read = spec.Deserialize(EntitiesJson.Default.ApplicationEnvironmentSpec)!;
        return ApplicationEnvironmentValidation.Validate(read, new ObjectMeta { Name = "hello-a" });
    });

    private static void Overstep(Type kind, string name, Func<JsonNode, IReadOnlyList<FieldError>> validate)
    {
        var definition = CustomResourceDefinition.Of(kind, Documentation.Of(typeof(BackendApp).Assembly, typeof(Condition).Assembly));
        var schema = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!.AsObject();
        var missed = new List<string>();
        var tried = 0;
        foreach (var (path, field) in SchemaFields.Of(schema))
        {
            foreach (var (limit, value) in BadValues(field))
            {
                tried++;
                if (!IsRefused(Around(path, value), validate, path, limit.StartsWith("max", StringComparison.Ordinal)))
                {
                    missed.Add($"{path}: {limit}");
                }
            }
        }

        missed.Should().BeEmpty();
        tried.Should().BeGreaterThan(60, name);
    }

    private static bool IsRefused(JsonNode spec, Func<JsonNode, IReadOnlyList<FieldError>> validate, string path, bool exactly)
    {
        try
        {
            var wanted = "spec." + path.Replace("[]", "", StringComparison.Ordinal);
            var errors = validate(spec);
            errors.Should().NotContain(error => error.Message.Contains("text that matches"), "people read words, not patterns");
            return errors.Select(error => Bare(error.Path).Replace(".a1", "", StringComparison.Ordinal))
                .Any(found => exactly ? found == wanted : found.StartsWith(wanted, StringComparison.Ordinal));
        }
        catch (JsonException)
        {
            return true;
        }
    }

    // "spec.env[0].name" and "spec.template.parameters.?" as the schema has them.
    private static string Bare(string path) =>
        string.Concat(path.Split('[').Select((part, i) => i == 0 ? part : part[(part.IndexOf(']', StringComparison.Ordinal) + 1)..]));

    private static IEnumerable<(string Limit, JsonNode? Value)> BadValues(JsonObject field)
    {
        if (field["maxLength"] is { } length)
        {
            yield return ("maxLength", new string('a', length.GetValue<int>() + 1));
        }

        if (field["minLength"] is not null)
        {
            yield return ("minLength", "");
        }

        if (field["pattern"] is not null)
        {
            yield return ("pattern", "\u0001");
            yield return ("pattern without a line break at the end", "a1\n");
        }

        if (field["maximum"] is { } maximum)
        {
            yield return ("maximum", (int)maximum.GetValue<double>() + 1);
            yield return ("minimum", (int)field["minimum"]!.GetValue<double>() - 1);
        }

        if (field["maxItems"] is { } items)
        {
            var item = Smallest(field["items"]!.AsObject());
            yield return ("maxItems", new JsonArray([.. Enumerable.Range(0, items.GetValue<int>() + 1).Select(_ => item?.DeepClone())]));
        }

        if (field["maxProperties"] is { } properties)
        {
            yield return ("maxProperties", new JsonObject(Enumerable.Range(0, properties.GetValue<int>() + 1).Select(i =>
                KeyValuePair.Create<string, JsonNode?>(string.Create(CultureInfo.InvariantCulture, $"a{i}"), "1"))));
        }

        if (field["minItems"] is not null)
        {
            yield return ("minItems", new JsonArray());
        }

        if (field["enum"] is not null)
        {
            yield return ("enum", "Nonsense");
        }
    }

    // The least that the reader takes: only required fields, each with something in it.
    private static JsonNode? Smallest(JsonObject schema) => schema["type"]?.GetValue<string>() switch
    {
        "object" => new JsonObject((schema["required"]?.AsArray() ?? []).Select(name => KeyValuePair.Create(
            name!.GetValue<string>(), Smallest(schema["properties"]![name.GetValue<string>()]!.AsObject())))),
        "array" => new JsonArray(),
        "integer" => 1,
        "boolean" => true,
        _ => schema["enum"]?[0]?.DeepClone() ?? "a1",
    };

    private static JsonNode Around(string path, JsonNode? value)
    {
        // From the inside out; siblings that are required get something, so that only the limit is at fault.
        var node = value;
        foreach (var part in path.Split('.').Reverse())
        {
            var name = part.Replace("[]", "", StringComparison.Ordinal);
            if (part.EndsWith("[]", StringComparison.Ordinal))
            {
                node = name is "parameters" or "quota" ? new JsonObject { ["a1"] = node } : new JsonArray(Filled(name, node));
            }

            node = new JsonObject { [name] = node };
        }

        return node!;
    }

    private static JsonNode? Filled(string list, JsonNode? item)
    {
        if (item is not JsonObject fields)
        {
            return item;
        }

        (string Name, JsonNode? Value)[] required = list switch
        {
            "secrets" => [("name", "A"), ("remoteRef", new JsonObject { ["key"] = "a" })],
            "tables" => [("name", "a"), ("columns", new JsonArray())],
            "columns" => [("name", "a"), ("type", "uuid")],
            "indexes" => [("name", "a"), ("columns", new JsonArray())],
            "access" => [("group", "a"), ("role", "Edit")],
            _ => [("name", "a")],
        };
        foreach (var (name, value) in required)
        {
            if (!fields.ContainsKey(name))
            {
                fields[name] = value;
            }
        }

        return fields;
    }
}
