using System.Text.Json.Nodes;

namespace Idp.CrdGenerator.Tests;

/// <summary>Every field of a schema, with items and map values as fields of their own.</summary>
internal static class SchemaFields
{
    public static IEnumerable<(string Path, JsonObject Schema)> Of(JsonObject schema, string path = "")
    {
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            var field = value!.AsObject();
            var here = path.Length == 0 ? name : $"{path}.{name}";
            yield return (here, field);
            foreach (var below in Of(field, here))
            {
                yield return below;
            }
        }

        foreach (var part in (string[])["items", "additionalProperties"])
        {
            if (schema[part] is JsonObject item)
            {
                if (item["type"]?.GetValue<string>() != "object")
                {
                    var text = item.DeepClone().AsObject();
                    text["description"] = "that of the list or map";
                    yield return ($"{path}[]", text);
                }

                foreach (var below in Of(item, $"{path}[]"))
                {
                    yield return below;
                }
            }
        }
    }
}
