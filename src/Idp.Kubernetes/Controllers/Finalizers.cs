using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Puts finalizers on objects and takes them off, and never touches anybody else's.</summary>
/// <remarks>
/// By JSON patch that tests what it was computed from: a patch of a world that has moved on is refused as a whole, and
/// fields that this program has never heard of stay. https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/
/// </remarks>
internal sealed class Finalizers(
    Func<ResourceKind, ObjectKey, JsonPatch, CancellationToken, Task<KubeObject>> patch,
    IWriteObserver writes)
{
    private const string List = "/metadata/finalizers";

    /// <summary>Adds finalizers at the end of the list.</summary>
    /// <returns>The object with them; null where it changed meanwhile or is gone.</returns>
    public Task<KubeObject?> AddAsync(
        KubeObject live, IReadOnlyList<string> identifiers, CancellationToken cancellationToken)
    {
        var known = live.Metadata.Finalizers;
        var changes = Same(live);
        if (known.Count == 0)
        {
            changes.Test(List, null).Add(List, ToJson(identifiers));
        }
        else
        {
            changes.Test(List, ToJson(known));
            foreach (var identifier in identifiers)
            {
                changes.Add(List + "/-", JsonValue.Create(identifier));
            }
        }

        return PatchAsync(live, changes, cancellationToken);
    }

    /// <summary>Removes one finalizer, wherever it stands in the list.</summary>
    /// <returns>The object without it; null where it changed meanwhile or is gone.</returns>
    public Task<KubeObject?> RemoveAsync(KubeObject live, string identifier, CancellationToken cancellationToken)
    {
        var index = live.Metadata.Finalizers.ToList().IndexOf(identifier);
        var place = $"{List}/{index}";
        return PatchAsync(
            live, Same(live).Test(place, JsonValue.Create(identifier)).Remove(place), cancellationToken);
    }

    private static JsonPatch Same(KubeObject live) =>
        new JsonPatch().Test("/metadata/uid", JsonValue.Create(live.Metadata.Uid));

    private static JsonArray ToJson(IEnumerable<string> identifiers) =>
        [.. identifiers.Select(identifier => (JsonNode?)JsonValue.Create(identifier))];

    private async Task<KubeObject?> PatchAsync(
        KubeObject live, JsonPatch changes, CancellationToken cancellationToken)
    {
        try
        {
            var patched = await patch(live.Kind, live.Key, changes, cancellationToken);

            // The answer to the removal of the last finalizer shows an object that is gone by then.
            if (!patched.Metadata.IsDeleting || patched.Metadata.Finalizers.Count > 0)
            {
                writes.Observe(patched);
            }

            return patched;
        }
        catch (InvalidException exception) when (exception.Status.Details is null or { Causes.Count: 0 })
        {
            return null; // a test of the patch failed; an object that is invalid would have its causes told
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}

/// <summary>The name under which a finalizer of an entity stands in its objects: a domain, a slash and a name.</summary>
internal sealed record FinalizerIdentifier<TEntity>(string Value);
