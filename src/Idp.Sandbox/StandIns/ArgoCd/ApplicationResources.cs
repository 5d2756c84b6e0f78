using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>The objects of an Application in the cluster: compares, applies, prunes and deletes them.</summary>
internal sealed class ApplicationResources(WorldView view, Writer writer, ServedKinds kinds, KubeClient client)
{
    // Asked for once: a version that is not served would be looked for each time.
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), ResourceKind> _older = new();

    /// <summary>Each object that Git wants, and each that it no longer wants, beside what is there.</summary>
    public async Task<IReadOnlyList<ResourceState>> CompareAsync(
        ApplicationLook look, IReadOnlyList<JsonObject> targets, CancellationToken cancellationToken)
    {
        var states = new List<ResourceState>();
        foreach (var target in targets)
        {
            states.Add(await StateOfAsync(look, target.DeepClone().AsObject(), cancellationToken));
        }

        foreach (var entry in look.Previous.ObjectsAt("resources"))
        {
            if (await FindOwnAsync(look, entry, cancellationToken) is { } live
                && !states.Any(state => state.Kind == live.Kind && state.Key == live.Key))
            {
                states.Add(new ResourceState
                {
                    Kind = live.Kind,
                    Key = live.Key,
                    Target = null,
                    Live = live.ToJson(),
                    Synced = false,
                });
            }
        }

        return states;
    }

    /// <summary>Applies what differs and prunes what may be pruned; says of each what became of it.</summary>
    public async Task<IReadOnlyList<(ResourceState Resource, string Message, bool Failed)>> SyncAsync(
        ApplicationLook look, IReadOnlyList<ResourceState> states, JsonObject operation, CancellationToken cancellationToken)
    {
        if (look.Spec.CreateNamespace)
        {
            await EnsureNamespaceAsync(look, cancellationToken);
        }

        var results = new List<(ResourceState Resource, string Message, bool Failed)>();
        foreach (var state in states.OrderBy(SyncOrder.Of))
        {
            if (state.Target is not null)
            {
                results.Add(await ApplyAsync(look, state, cancellationToken));
            }
            else if (operation.FlagAt(false, "sync", "prune"))
            {
                await client.DeleteAsync(state.Kind, state.Key, OptionsFor(state.Live), cancellationToken);
                results.Add((state, "pruned", Failed: false));
            }
        }

        return results;
    }

    /// <summary>Deletes everything that the Application deployed; returns how much of it is still there.</summary>
    public async Task<int> DeleteAllAsync(ApplicationLook look, CancellationToken cancellationToken)
    {
        var left = 0;
        foreach (var entry in look.Previous.ObjectsAt("resources"))
        {
            if (await FindOwnAsync(look, entry, cancellationToken) is { } cached
                && await client.FindAsync(cached.Kind, cached.Key, cancellationToken) is { } live)
            {
                left++;
                if (!live.Metadata.IsDeleting)
                {
                    await client.DeleteAsync(live.Kind, live.Key, OptionsFor(live.ToJson()), cancellationToken);
                }
            }
        }

        return left;
    }

    private async Task<ResourceState> StateOfAsync(
        ApplicationLook look, JsonObject target, CancellationToken cancellationToken)
    {
        var kind = await KindOfAsync(target, cancellationToken);
        target["apiVersion"] = kind.ApiVersion;
        var metadata = target["metadata"] as JsonObject ?? [];
        if (!kind.Namespaced)
        {
            metadata.Remove("namespace");
        }
        else if (metadata.TextAt("namespace") is null)
        {
            metadata["namespace"] = look.Spec.Namespace;
        }

        var key = new ObjectKey(metadata.TextAt("namespace") ?? "", metadata.TextAt("name") ?? "");
        var annotations = metadata["annotations"] as JsonObject ?? [];
        annotations[ArgoCdWatchful.TrackingAnnotation] = ResourceState.TrackingId(look.Spec.Name, kind, key);
        metadata["annotations"] = annotations;
        OldServerDefaults.Fill(target);
        var live = view.Find(kind, key)?.ToJson();
        return new ResourceState
        {
            Kind = kind,
            Key = key,
            Target = target,
            Live = live,
            Synced = live is not null && writer.IsSettled(kind, live, target),
        };
    }

    private async Task<(ResourceState Resource, string Message, bool Failed)> ApplyAsync(
        ApplicationLook look, ResourceState state, CancellationToken cancellationToken)
    {
        var name = $"{state.Kind.Kind.ToLowerInvariant()}{(state.Kind.Group.Length > 0 ? "." + state.Kind.Group : "")}/{state.Key.Name}";
        var isAllowed = state.Kind.Namespaced
            ? SpecCheck.AllowsNamespacedKind(look.Project, state.Kind.Group, state.Kind.Kind)
            : SpecCheck.AllowsClusterKind(look.Project, state.Kind.Group, state.Kind.Kind);
        if (!isAllowed)
        {
            return (state, $"resource {state.Kind.Group}:{state.Kind.Kind} is not permitted in project {look.Spec.Project}", true);
        }

        if (state.Synced)
        {
            return (state, $"{name} unchanged", Failed: false);
        }

        try
        {
            await writer.ApplyAsync(state.Kind, state.Target ?? [], cancellationToken);
            return (state, $"{name} serverside-applied", Failed: false);
        }
        catch (KubeException exception)
        {
            return (state, exception.Message, Failed: true);
        }
    }

    private async Task EnsureNamespaceAsync(ApplicationLook look, CancellationToken cancellationToken)
    {
        await view.EnsureAsync(ForeignKinds.Namespace, cancellationToken);
        if (look.Spec.Namespace.Length > 0 && view.Find(ForeignKinds.Namespace, new ObjectKey("", look.Spec.Namespace)) is null)
        {
            var @namespace = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Namespace",
                ["metadata"] = new JsonObject { ["name"] = look.Spec.Namespace },
            };
            await writer.ApplyAsync(ForeignKinds.Namespace, @namespace, cancellationToken);
        }
    }

    // What an entry of status.resources names, if it is there and still carries this Application's mark.
    private async Task<KubeObject?> FindOwnAsync(
        ApplicationLook look, JsonObject entry, CancellationToken cancellationToken)
    {
        var kind = await KindOfAsync(
            new JsonObject { ["apiVersion"] = ApiVersionOf(entry), ["kind"] = entry.TextAt("kind") }, cancellationToken);
        var key = new ObjectKey(entry.TextAt("namespace") ?? "", entry.TextAt("name") ?? "");
        var live = view.Find(kind, key);
        return live?.Metadata.Annotations.GetValueOrDefault(ArgoCdWatchful.TrackingAnnotation)
            == ResourceState.TrackingId(look.Spec.Name, kind, key) ? live : null;
    }

    private async Task<ResourceKind> KindOfAsync(JsonObject item, CancellationToken cancellationToken)
    {
        var (apiVersion, kind) = (item.TextAt("apiVersion") ?? "", item.TextAt("kind") ?? "");
        if (_older.TryGetValue((apiVersion, kind), out var known))
        {
            return known;
        }

        if (await kinds.FindAsync(apiVersion, kind, cancellationToken) is { } served)
        {
            await view.EnsureAsync(served.Kind, cancellationToken);
            return served.Kind;
        }

        if (OldServerDefaults.VersionOf(apiVersion, kind) is { } version && await kinds.FindAsync(version, kind, cancellationToken) is { } older)
        {
            await view.EnsureAsync(older.Kind, cancellationToken);
            return _older[(apiVersion, kind)] = older.Kind;
        }

        // Shows as Missing and fails when applied, as with Argo CD.
        var parts = apiVersion.Split('/');
        return new ResourceKind(parts.Length == 2 ? parts[0] : "", parts[^1], kind, kind.ToLowerInvariant() + "s");
    }

    private static string ApiVersionOf(JsonObject entry) =>
        entry.TextAt("group") is { Length: > 0 } group ? $"{group}/{entry.TextAt("version")}" : entry.TextAt("version") ?? "";

    private static DeleteOptions OptionsFor(JsonObject? live) => new() { Uid = live.TextAt("metadata", "uid") };
}
