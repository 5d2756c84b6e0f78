using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Applies to an object that is known and ours.</summary>
internal static class ForcedApply
{
    public static async Task<KubeObject> RunAsync(
        KubeClient client, KubeObject live, JsonObject body, ApplyOptions options, CancellationToken cancellationToken)
    {
        options = options with { Force = true };
        try
        {
            return (await client.ApplyAsync(live.Kind, body, options, cancellationToken)).Object;
        }
        catch (InvalidException) when (EmptiedLists.PatchFor(body, live, options.FieldManager, options.Subresource) is { } patch)
        {
            await client.PatchAsync(live.Kind, live.Key, patch, options.Subresource, cancellationToken);
            return (await client.ApplyAsync(live.Kind, body, options, cancellationToken)).Object;
        }
    }
}

/// <summary>Finds lists whose last element would go.</summary>
/// <remarks>
/// An API server that takes the last element out of a keyed list or a set puts null in its place, and where the kind is a
/// custom resource then refuses its own result ("must be of type array: null"; seen with 1.20). So such lists are removed
/// as a whole first.
/// </remarks>
internal static class EmptiedLists
{
    /// <summary>The patch that removes them; null where there are none.</summary>
    public static JsonPatch? PatchFor(JsonObject desired, KubeObject live, string fieldManager, string? subresource)
    {
        if (FieldSet.Find(live, fieldManager, subresource) is not { } owned)
        {
            return null;
        }

        var json = live.Content();
        var paths = new List<(string Path, JsonArray List)>();
        Walk("", owned, desired, json, paths);
        return paths.Count == 0
            ? null
            : paths.Aggregate(new JsonPatch(), (patch, found) => patch.Test(found.Path, found.List).Remove(found.Path));
    }

    private static void Walk(string path, FieldSet owned, JsonObject? wanted, JsonObject live, List<(string Path, JsonArray List)> paths)
    {
        foreach (var (name, child) in owned.Fields)
        {
            var place = $"{path}/{JsonPatch.Escape(name)}";
            var intent = wanted?[name];
            switch (live[name])
            {
                case JsonObject fields:
                    Walk(place, child, intent as JsonObject, fields, paths);
                    break;
                case JsonArray { Count: > 0 } list when (intent is null or JsonArray { Count: 0 }) && IsAllOurs(list, child):
                    paths.Add((place, list));
                    break;
            }
        }
    }

    private static bool IsAllOurs(JsonArray list, FieldSet owned) => !owned.IsLeaf && list.All(element =>
        owned.Items.Any(item => ReferenceEquals(ListKeys.Find(list, item.Key), element))
        || owned.Values.Any(value => Scalars.AreEqual(value, element)));
}

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
