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
