using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Idp.Entities;

namespace Idp.Operator.Yaml;

/// <summary>Finds everything in a document that its record could not take, where a JSON reader stops at the first.</summary>
/// <remarks>The record's own JSON metadata is the schema, so there is no second description to keep in step.</remarks>
internal sealed class SchemaCheck(YamlDocument document, JsonSerializerOptions options)
{
    private readonly List<FileError> _errors = [];

    /// <summary>The errors of the whole document as a value of the type.</summary>
    public static IReadOnlyList<FileError> Run(YamlDocument document, JsonTypeInfo type)
    {
        var check = new SchemaCheck(document, type.Options);
        check.Value(document.Root, "", type);
        return check._errors;
    }

    private void Value(JsonNode? node, string path, JsonTypeInfo type)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when node is JsonObject entries:
                Entries(entries, path, type);
                break;
            case JsonTypeInfoKind.Enumerable when node is JsonArray items:
                Items(items, path, options.GetTypeInfo(type.ElementType!));
                break;
            case JsonTypeInfoKind.Dictionary when node is JsonObject entries:
                foreach (var (key, value) in entries)
                {
                    Entry(value, YamlPath.Key(path, key), options.GetTypeInfo(type.ElementType!));
                }

                break;
            case JsonTypeInfoKind.None:
                Scalar(node, path, type);
                break;
            default:
                Add(path, type.Kind == JsonTypeInfoKind.Enumerable ? "a list is expected" : "a mapping is expected");
                break;
        }
    }

    private void Entries(JsonObject entries, string path, JsonTypeInfo type)
    {
        foreach (var (key, value) in entries)
        {
            var child = YamlPath.Key(path, key);
            if (type.Properties.FirstOrDefault(p => p.Name == key) is not { } property)
            {
                var hint = Spelling.Hint(key, type.Properties.Select(p => p.Name));
                _errors.Add(document.KeyError(child, $"there is no such key{hint}"));
            }
            else if (value is not null && property.CustomConverter is { } converter)
            {
                Converted(value, child, converter);
            }
            else if (value is not null)
            {
                Value(value, child, options.GetTypeInfo(property.PropertyType));
            }
            else if (!property.IsSetNullable)
            {
                Add(child, "has no value: leave the key out for the default");
            }
        }

        foreach (var property in type.Properties.Where(p => p.IsRequired && !entries.ContainsKey(p.Name)))
        {
            Add(YamlPath.Key(path, property.Name), "is required");
        }
    }

    private void Items(JsonArray items, string path, JsonTypeInfo type)
    {
        for (var index = 0; index < items.Count; index++)
        {
            var child = YamlPath.Item(path, index);
            if (items[index] is { } item)
            {
                Value(item, child, type);
            }
            else
            {
                Add(child, "has no value");
            }
        }
    }

    /// <summary>An entry of a map may be null: in a merge patch that takes the default away.</summary>
    private void Entry(JsonNode? node, string path, JsonTypeInfo type)
    {
        if (node is not null)
        {
            Value(node, path, type);
        }
    }

    /// <summary>A property with a reader of its own: of text, or of a map of texts.</summary>
    private void Converted(JsonNode node, string path, JsonConverter converter)
    {
        if (converter is not JsonConverter<IReadOnlyDictionary<string, string>>)
        {
            Require(CanRead(node, converter), node, path, converter);
        }
        else if (node is JsonObject entries)
        {
            foreach (var (key, value) in entries)
            {
                var alone = new JsonObject { [key] = value?.DeepClone() };
                Require(value is not null && CanRead(alone, converter), value, YamlPath.Key(path, key), converter);
            }
        }
        else
        {
            Add(path, "a mapping is expected");
        }
    }

    private void Require(bool holds, JsonNode? node, string path, JsonConverter converter)
    {
        if (!holds)
        {
            Add(path, node switch
            {
                _ when converter is QuantityConverter or QuantityMapConverter => "must be a quantity, such as 500m or 256Mi",
                JsonValue => "must be text: put it in quotes",
                _ => "must be text",
            });
        }
    }

    private bool CanRead(JsonNode node, JsonConverter converter) => converter switch
    {
        JsonConverter<string> text => CanRead(node, text),
        JsonConverter<IReadOnlyDictionary<string, string>> map => CanRead(node, map),
        _ => throw new NotSupportedException($"{converter} reads what no file was expected to hold."),
    };

    private bool CanRead<T>(JsonNode node, JsonConverter<T> converter)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(node.ToJsonString()));
        reader.Read();
        try
        {
            converter.Read(ref reader, typeof(T), options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Scalar(JsonNode? node, string path, JsonTypeInfo type)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } inner)
        {
            type = options.GetTypeInfo(inner);
        }

        if (type.Type.IsEnum)
        {
            // The JSON reader takes names in any case; a file should look the same everywhere.
            var name = node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
            if (name is null || !Names(type).Contains(name))
            {
                Add(path, Expectation(node, type));
            }

            return;
        }

        try
        {
            node.Deserialize(type);
        }
        catch (JsonException)
        {
            Add(path, Expectation(node, type));
        }
    }

    private static string Expectation(JsonNode? node, JsonTypeInfo type)
    {
        if (type.Type.IsEnum)
        {
            var names = Names(type);
            var hint = node is JsonValue value && value.TryGetValue<string>(out var text) ? Spelling.Hint(text, names) : "";
            return $"must be one of {string.Join(", ", names)}{hint}";
        }

        return Type.GetTypeCode(type.Type) switch
        {
            TypeCode.Boolean => "must be true or false",
            TypeCode.Int32 or TypeCode.Int64 => "must be a whole number",
            _ when type.Type == typeof(Uri) && node is JsonValue => "must be an address",
            _ when type.Type == typeof(DateTimeOffset) => "must be a time, such as 2026-01-31T12:00:00Z",
            _ when node is JsonValue => "must be text: put it in quotes",
            _ => "must be text",
        };
    }

    private static List<string> Names(JsonTypeInfo type) =>
    [
        .. Enum.GetValuesAsUnderlyingType(type.Type)
            .Cast<object>()
            .Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(type.Type, value), type)!.GetValue<string>()),
    ];

    private void Add(string path, string message) => _errors.Add(document.Error(path, message));
}
