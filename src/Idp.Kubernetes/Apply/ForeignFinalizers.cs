using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Keeps the finalizers of others where the server knows the list only as a whole.</summary>
/// <remarks>
/// Servers such as 1.20 do so for custom resources that have quantities (<c>x-kubernetes-int-or-string</c>): an apply that is
/// forced would take away what others put there, and with it their part in the deletion. Others know each value's
/// owners, and need none of this.
/// </remarks>
internal static class ForeignFinalizers
{
    private const string Finalizers = "finalizers";

    /// <summary>What to apply to a live object: the intent, and in an undivided list what is there beside it.</summary>
    /// <returns>The intent itself where there is nothing to keep; else a copy that the server refuses for any other version of the object.</returns>
    public static JsonObject Kept(JsonObject intent, KubeObject live)
    {
        if (intent["metadata"]?[Finalizers] is not JsonArray wanted || !IsUndivided(live))
        {
            return intent;
        }

        var ours = wanted.Select(finalizer => (string?)finalizer ?? "").ToList();
        if (live.Metadata.Finalizers.All(ours.Contains))
        {
            return intent;
        }

        var body = intent.DeepClone().AsObject();
        body["metadata"]![Finalizers] = new JsonArray(
            [.. live.Metadata.Finalizers.Union(ours).Select(finalizer => (JsonNode?)JsonValue.Create(finalizer))]);
        body["metadata"]!["resourceVersion"] = live.Metadata.ResourceVersion;
        return body;
    }

    private static bool IsUndivided(KubeObject live) => live.ManagedFields.Any(
        entry => entry.Fields.Set.Fields.GetValueOrDefault("metadata")?.Fields.GetValueOrDefault(Finalizers) is { IsLeaf: true });
}
