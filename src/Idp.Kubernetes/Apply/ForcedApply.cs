using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Applies to an object that is known and ours.</summary>
internal static class ForcedApply
{
    public static async Task<KubeObject> RunAsync(
        KubeClient client,
        KubeObject live,
        JsonObject body,
        ApplyOptions options,
        CancellationToken cancellationToken)
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
