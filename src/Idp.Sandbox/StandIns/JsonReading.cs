using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns;

/// <summary>Reads other projects' objects, of which only a few fields matter here, without a type for each.</summary>
internal static class JsonReading
{
    /// <summary>The node at the path, or null when any step is absent.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            node = (node as JsonObject)?[step];
        }

        return node;
    }

    /// <summary>The string at the path, or null.</summary>
    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The whole number at the path, or the fallback.</summary>
    public static long NumberAt(this JsonNode? node, long fallback, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue(out long number) ? number : fallback;

    /// <summary>The truth value at the path, or the fallback.</summary>
    public static bool FlagAt(this JsonNode? node, bool fallback, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue(out bool flag) ? flag : fallback;

    /// <summary>The objects of the list at the path; nothing when it is absent.</summary>
    public static IEnumerable<JsonObject> ObjectsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary>The strings of the list at the path; nothing when it is absent.</summary>
    public static IEnumerable<string> TextsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list
            ? list.OfType<JsonValue>().Where(value => value.TryGetValue<string>(out _)).Select(value => value.GetValue<string>())
            : [];

    /// <summary>The members of the object at the path; nothing when it is absent.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> MembersAt(
        this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject members ? members : [];

    /// <summary>A list of copies.</summary>
    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) =>
        new([.. nodes.Select(node => node?.DeepClone())]);
}
