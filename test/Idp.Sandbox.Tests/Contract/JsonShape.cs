using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Compares the members of two JSON values and their types, not what they say.</summary>
internal static class JsonShape
{
    /// <summary>Returns what the first has and the second lacks, or has as another type.</summary>
    /// <remarks>Of lists the first items are compared. A recorded null says nothing about the type.</remarks>
    public static IEnumerable<string> Missing(JsonNode? recorded, JsonNode? ours, string place)
    {
        if (recorded is null)
        {
            return [];
        }

        if (Kind(recorded) != Kind(ours))
        {
            return [$"{place} is {Kind(ours)}, recorded as {Kind(recorded)}"];
        }

        return (recorded, ours) switch
        {
            (JsonObject there, JsonObject here) => there.SelectMany(pair => here.ContainsKey(pair.Key)
                ? Missing(pair.Value, here[pair.Key], $"{place}.{pair.Key}")
                : [$"{place}.{pair.Key} is missing"]),
            (JsonArray { Count: > 0 } there, JsonArray { Count: > 0 } here) => Missing(there[0], here[0], $"{place}[0]"),
            _ => [],
        };
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString()!.ToLowerInvariant(),
    };
}
