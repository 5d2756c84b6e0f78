using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns;

/// <summary>Conditions in another project's status, whose time moves only when their status does.</summary>
internal static class ForeignConditions
{
    /// <summary>One condition, given the status that the object had before.</summary>
    public static JsonObject Condition(
        JsonNode? previousStatus, string type, bool holds, string reason, string message, Moment moment)
    {
        var status = holds ? "True" : "False";
        var previous = Find(previousStatus, type);
        var since = previous.TextAt("status") == status ? previous.TextAt("lastTransitionTime") : null;
        return new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message,
            ["lastTransitionTime"] = since ?? moment.Timestamp,
        };
    }

    /// <summary>The condition of the type, or null.</summary>
    public static JsonObject? Find(JsonNode? status, string type) =>
        status.ObjectsAt("conditions").FirstOrDefault(condition => condition.TextAt("type") == type);

    /// <summary>When the condition last changed its status; null where there is none.</summary>
    public static DateTimeOffset? Since(JsonNode? status, string type) =>
        Find(status, type).TextAt("lastTransitionTime") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
