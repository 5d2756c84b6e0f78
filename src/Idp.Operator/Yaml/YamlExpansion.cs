using System.Text.Json.Nodes;

namespace Idp.Operator.Yaml;

/// <summary>Makes the JSON tree of one document, aliases replaced by what they stand for, within the limits.</summary>
internal sealed class YamlExpansion(string file, YamlLimits limits)
{
    private int _values;

    public YamlDocument Expand(YamlValue root) => new(file, Expand(root, 1), root);

    private JsonNode? Expand(YamlValue value, int depth)
    {
        if (++_values > limits.Values)
        {
            throw new YamlReadException(Error(value, $"more than {limits.Values} values, aliases counted in full"));
        }

        if (depth > limits.Depth)
        {
            throw new YamlReadException(Error(value, $"more than {limits.Depth} levels deep"));
        }

        if (value.Items is { } items)
        {
            var array = new JsonArray();
            foreach (var item in items)
            {
                array.Add(Expand(item, depth + 1));
            }

            return array;
        }

        if (value.Entries is { } entries)
        {
            var json = new JsonObject();
            foreach (var entry in entries)
            {
                json.Add(entry.Key, Expand(entry.Value, depth + 1));
            }

            return json;
        }

        return value.Scalar.Kind switch
        {
            ScalarKind.Null => null,
            ScalarKind.True => JsonValue.Create(true),
            ScalarKind.False => JsonValue.Create(false),
            // Parsed, not converted: JSON keeps every digit of a number.
            ScalarKind.Number => JsonNode.Parse(value.Scalar.Text),
            _ => JsonValue.Create(value.Scalar.Text),
        };
    }

    private FileError Error(YamlValue value, string message) =>
        new(file, value.Position.Line, value.Position.Column, "", message);
}
