using System.Text.Json.Nodes;

namespace Idp.Operator.Settings;

/// <summary>Lays what a file says over the defaults.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7386</remarks>
internal static class MergePatch
{
    /// <summary>Merges mappings key by key; null removes; everything else, lists included, replaces.</summary>
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject merged)
            {
                Apply(merged, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
