using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Entities.Tests.Validation;

/// <summary>Changes one place of a tree, named by a JSON pointer.</summary>
internal static class JsonPointers
{
    public static void Set(this JsonNode root, string pointer, JsonNode? value)
    {
        var (parent, last) = Find(root, pointer);
        if (parent is JsonArray array)
        {
            array[int.Parse(last, CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[last] = value;
        }
    }

    public static void Remove(this JsonNode root, string pointer)
    {
        var (parent, last) = Find(root, pointer);
        parent.AsObject().Remove(last);
    }

    private static (JsonNode Parent, string Last) Find(JsonNode root, string pointer)
    {
        var parts = pointer.Split('/')[1..];
        var parent = parts[..^1].Aggregate(
            root,
            (node, part) => node is JsonArray array ? array[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!);
        return (parent, parts[^1]);
    }
}
