using Idp.Entities;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Reads the conditions of an object, those of its newest generation only.</summary>
internal static class ConditionReading
{
    /// <summary>A condition; null where there is none for the object's newest generation.</summary>
    public static JsonObject? Condition(this JsonObject item, string type)
    {
        var generation = item.NumberAt(0, "metadata", "generation");
        return item.NumberAt(0, "status", "observedGeneration") < generation
            ? null
            : item.ObjectsAt("status", "conditions").FirstOrDefault(condition =>
                condition.TextAt("type") == type && condition.NumberAt(generation, "observedGeneration") >= generation);
    }

    /// <summary>Whether a condition of the object's newest generation is true.</summary>
    public static bool Is(this JsonObject item, string type) => item.Condition(type).TextAt("status") == "True";

    /// <summary>Whether the object is stalled, and for that reason.</summary>
    public static bool IsStalled(this JsonObject item, string reason) =>
        item.Is(Conditions.Stalled) && item.Condition(Conditions.Stalled).TextAt("reason") == reason;

    /// <summary>All conditions, for people.</summary>
    public static string Print(JsonObject item) => string.Concat(item.ObjectsAt("status", "conditions").Select(condition =>
        $"\n    {condition.TextAt("type")}={condition.TextAt("status")} {condition.TextAt("reason")}: {condition.TextAt("message")}"));
}
