using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>Writes for one stand-in, under its own name, and only what differs.</summary>
internal sealed partial class Writer(
    string standIn, string fieldManager, KubeClient client, WorldView view, ILogger logger)
{
    private readonly ConcurrentDictionary<(ResourceKind Kind, ObjectKey Key), Settled> _settled = new();

    /// <summary>How the writer learns whether a kind's status is a subresource.</summary>
    public required ServedKinds Kinds { get; init; }

    /// <summary>Applies the object, taking the fields from whoever had them.</summary>
    public async Task<KubeObject> ApplyAsync(ResourceKind kind, JsonObject body, CancellationToken cancellationToken)
    {
        var applied = await client.ApplyAsync(
            kind, body, new ApplyOptions { FieldManager = fieldManager, Force = true }, cancellationToken);
        view.Remember(applied.Object);
        _settled[(kind, applied.Object.Key)] = new Settled(body.ToJsonString(), applied.Object.Metadata.ResourceVersion);
        LogWrite(standIn, applied.Created ? "created" : "updated", kind, applied.Object.Key);
        return applied.Object;
    }

    /// <summary>Creates the object with the status that it is born with, in one request where the kind allows it.</summary>
    public async Task CreateAsync(MadeObject made, CancellationToken cancellationToken)
    {
        var served = await Kinds.FindAsync(made.Kind.ApiVersion, made.Kind.Kind, cancellationToken);
        var body = made.Body.DeepClone().AsObject();
        body["status"] = made.Status?.DeepClone();
        var created = await client.CreateAsync(made.Kind, body, cancellationToken);
        view.Remember(created);
        LogWrite(standIn, "created", made.Kind, created.Key);
        if (served is { HasStatus: true } && made.Status is { } status)
        {
            await WriteStatusAsync(created, status, cancellationToken);
        }
    }

    /// <summary>Whether applying would change nothing.</summary>
    /// <remarks>
    /// Where the server writes a value in another way than it was given, the comparison alone would say no for ever;
    /// so an object that has not changed since the very same was applied counts as settled too.
    /// </remarks>
    public bool IsSettled(ResourceKind kind, JsonObject live, JsonObject wanted)
    {
        if (Likeness.Covers(live, wanted) && !Likeness.HasLeftovers(live, wanted, fieldManager))
        {
            return true;
        }

        var key = new ObjectKey(live.TextAt("metadata", "namespace") ?? "", live.TextAt("metadata", "name") ?? "");
        return _settled.TryGetValue((kind, key), out var settled)
            && settled.Version == live.TextAt("metadata", "resourceVersion")
            && settled.Body == wanted.ToJsonString();
    }

    /// <summary>Removes the object's finalizers that the choice names, and no others.</summary>
    public async Task RemoveFinalizersAsync(KubeObject live, Func<string, bool> choice, CancellationToken cancellationToken)
    {
        var patch = new JsonPatch().Test("/metadata/uid", live.Metadata.Uid);
        for (var index = live.Metadata.Finalizers.Count - 1; index >= 0; index--)
        {
            if (choice(live.Metadata.Finalizers[index]))
            {
                patch.Test($"/metadata/finalizers/{index}", live.Metadata.Finalizers[index])
                    .Remove($"/metadata/finalizers/{index}");
            }
        }

        await client.PatchAsync(live.Kind, live.Key, patch, cancellationToken);
        LogWrite(standIn, "let go of", live.Kind, live.Key);
    }

    /// <summary>Replaces the object's status where it differs; refuses an object of the same name that came later.</summary>
    public Task<KubeObject> WriteStatusAsync(KubeObject live, JsonObject status, CancellationToken cancellationToken) =>
        WriteStatusAsync(live, status, new JsonPatch(), cancellationToken);

    /// <summary>The same, together with more changes of the object, where the kind has no status subresource.</summary>
    public async Task<KubeObject> WriteStatusAsync(
        KubeObject live, JsonObject status, JsonPatch also, CancellationToken cancellationToken)
    {
        var more = also.ToJson();
        if (more.Count == 0 && JsonNode.DeepEquals(live.ToJson()["status"], status))
        {
            return live;
        }

        var served = await Kinds.FindAsync(live.Kind.ApiVersion, live.Kind.Kind, cancellationToken);
        var patch = also.Test("/metadata/uid", live.Metadata.Uid).Add("/status", status);
        var written = await client.PatchAsync(
            live.Kind, live.Key, patch, served is { HasStatus: true } ? "status" : null, cancellationToken);
        view.Remember(written);
        LogWrite(standIn, "reported on", live.Kind, live.Key);
        return written;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{StandIn} {Verb} {Kind} {Key}")]
    private partial void LogWrite(string standIn, string verb, ResourceKind kind, ObjectKey key);

    private sealed record Settled(string Body, string Version);
}
