namespace Idp.EndToEnd.Tests.Applications;

/// <summary>Compares an object as it was sent with the one that the API server keeps: its own way, not the operator's.</summary>
internal static class Sent
{
    /// <summary>The paths of what was sent and is not there, or is another value.</summary>
    public static IEnumerable<string> Lost(JsonNode? sent, JsonNode? live, string path = "") => (sent, live) switch
    {
        (JsonObject wanted, JsonObject found) => wanted.SelectMany(member => Lost(member.Value, found[member.Key], $"{path}/{member.Key}")),
        (JsonArray wanted, JsonArray found) when wanted.Count == found.Count =>
            wanted.Zip(found).SelectMany((pair, index) => Lost(pair.First, pair.Second, $"{path}/{index}")),
        _ => JsonNode.DeepEquals(sent, live) ? [] : [$"{path}: sent {sent?.ToJsonString()}, kept {live?.ToJsonString()}"],
    };

    /// <summary>The paths of what was sent and is not noted as the field manager's.</summary>
    /// <param name="sent">What was sent.</param>
    /// <param name="fields">The manager's <c>fieldsV1</c>.</param>
    /// <param name="path">Where we are.</param>
    /// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management</remarks>
    public static IEnumerable<string> Unowned(JsonNode? sent, JsonNode? fields, string path = "")
    {
        switch (sent, fields)
        {
            case (_, null):
                return [path];
            case (_, JsonObject { Count: 0 }):
                return [];
            case (JsonObject members, JsonObject known):
                return members.SelectMany(member => Unowned(member.Value, known[$"f:{member.Key}"], $"{path}/{member.Key}"));
            case (JsonArray items, JsonObject known):
                return items.SelectMany((item, index) => Unowned(item, EntryOf(item, known), $"{path}/{index}"));
            default:
                return [path];
        }
    }

    private static JsonNode? EntryOf(JsonNode? item, JsonObject known) => known
        .FirstOrDefault(entry => (entry.Key.StartsWith("k:", StringComparison.Ordinal) && HasKeys(item, entry.Key[2..]))
            || (entry.Key.StartsWith("v:", StringComparison.Ordinal) && JsonNode.DeepEquals(JsonNode.Parse(entry.Key[2..]), item)))
        .Value;

    private static bool HasKeys(JsonNode? item, string keys) =>
        JsonNode.Parse(keys)!.AsObject().All(key => JsonNode.DeepEquals(key.Value, item?[key.Key]));
}
