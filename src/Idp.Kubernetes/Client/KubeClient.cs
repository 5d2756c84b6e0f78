using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Client;

/// <summary>Talks to one API server about objects of any kind.</summary>
/// <remarks>
/// <para>Guarantees: safe to share between threads; every request but a watch ends within
/// <see cref="KubeClientSettings.Timeout"/>; a failure is a <see cref="KubeException"/> by meaning, a cancelled token an
/// <see cref="OperationCanceledException"/>; nothing is retried here, because the reconcile is.</para>
/// <para>https://kubernetes.io/docs/reference/using-api/api-concepts/</para>
/// </remarks>
public sealed class KubeClient : IDisposable
{
    private readonly Transport _transport;
    private readonly ServerProbe _probe;

    /// <summary>Makes a client over an HTTP client whose base address is the server; disposed with this one.</summary>
    public KubeClient(HttpClient http, KubeClientSettings? settings = null, ILogger<KubeClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _transport = new Transport(http, settings ?? new KubeClientSettings(), logger ?? NullLogger<KubeClient>.Instance);
        _probe = new ServerProbe(_transport);
    }

    /// <summary>Makes a client of a cluster.</summary>
    public static KubeClient Create(KubeConfig config, KubeClientSettings? settings = null, ILogger<KubeClient>? logger = null) =>
        Create(config, [], settings, logger);

    /// <summary>Makes a client of a cluster whose requests pass some handlers first.</summary>
    internal static KubeClient Create(
        KubeConfig config, IEnumerable<DelegatingHandler> first, KubeClientSettings? settings = null, ILogger<KubeClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        settings ??= new KubeClientSettings();
        return new KubeClient(Pipeline.Create(config, settings.Clock, settings.Fence, first), settings, logger);
    }

    /// <summary>Reads one object; null where there is none.</summary>
    /// <exception cref="KindNotFoundException">The server does not serve the kind.</exception>
    public async Task<KubeObject?> FindAsync(ResourceKind kind, ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(kind, key, cancellationToken);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads one object.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public async Task<KubeObject> GetAsync(ResourceKind kind, ObjectKey key, CancellationToken cancellationToken) =>
        (await SendAsync(new Call(HttpMethod.Get, kind, key), cancellationToken)).Object;

    /// <summary>Reads one page of a list.</summary>
    /// <exception cref="GoneException">The continue token is too old: begin again.</exception>
    public async Task<KubeList> ListPageAsync(ResourceKind kind, ListOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var call = new Call(HttpMethod.Get, kind, new ObjectKey(options.Namespace, ""))
        {
            Accept = options.MetadataOnly ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" : Call.Json,
            Query = new Query()
                .Add("labelSelector", options.LabelSelector)
                .Add("fieldSelector", options.FieldSelector)
                .Add("limit", options.Limit > 0 ? $"{options.Limit}" : null)
                .Add("continue", options.Continue)
                .Add("resourceVersion", options.ResourceVersion),
        };
        return await ReadAsync(
            call,
            () => _transport.ReadAsync(call, (text, token) => ListReader.ReadAsync(kind, text, token), cancellationToken));
    }

    /// <summary>Reads a whole list, page by page.</summary>
    public async IAsyncEnumerable<KubeObject> ListAsync(
        ResourceKind kind,
        ListOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KubeList page;
        do
        {
            page = await ListPageAsync(kind, options, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            options = options with { Continue = page.Continue };
        }
        while (page.Continue is not null);
    }

    /// <summary>Begins to watch; the stream is the caller's to dispose.</summary>
    /// <exception cref="GoneException">The resource version is too old: list again.</exception>
    public async Task<WatchStream> WatchAsync(ResourceKind kind, WatchOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var call = new Call(HttpMethod.Get, kind, new ObjectKey(options.Namespace, ""))
        {
            Accept = options.MetadataOnly ? "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" : Call.Json,
            Query = new Query()
                .Add("watch", "true")
                .Add("allowWatchBookmarks", "true")
                .Add("timeoutSeconds", $"{(long)options.ServerTimeout.TotalSeconds}")
                .Add("labelSelector", options.LabelSelector)
                .Add("fieldSelector", options.FieldSelector)
                .Add("resourceVersion", options.ResourceVersion),
        };
        var response = await _transport.OpenAsync(call, cancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new WatchStream(response, stream, kind, options.IdleTimeout, _transport.Clock);
    }

    /// <summary>Applies an object: its fields become as given and the field manager's, fields that the manager no longer gives go.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="body">The whole intent. A <c>metadata.uid</c> in it makes the apply refuse any other object.</param>
    /// <param name="options">Whose fields they become, and how.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ConflictException">A field belongs to somebody else, or the uid is another one.</exception>
    public async Task<Applied> ApplyAsync(ResourceKind kind, JsonObject body, ApplyOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(options);
        var call = new Call(HttpMethod.Patch, kind, Call.KeyOf(body))
        {
            Subresource = options.Subresource,
            Body = body,
            ContentType = "application/apply-patch+yaml",
            Query = (await WriteQueryAsync(options.DryRun, cancellationToken))
                .Add("fieldManager", options.FieldManager)
                .Add("force", options.Force ? "true" : null),
        };
        var (applied, status) = await SendAsync(call, cancellationToken);
        return new Applied(applied, status == HttpStatusCode.Created);
    }

    /// <summary>Changes an object by JSON patch.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="key">The object.</param>
    /// <param name="patch">The changes; begin with a test.</param>
    /// <param name="subresource">Such as <c>status</c>; null for the object itself.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="InvalidException">A test of the patch failed.</exception>
    public async Task<KubeObject> PatchAsync(
        ResourceKind kind,
        ObjectKey key,
        JsonPatch patch,
        string? subresource,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var call = new Call(HttpMethod.Patch, kind, key)
        {
            Subresource = subresource,
            Body = patch.ToJson(),
            ContentType = "application/json-patch+json",
            Query = await WriteQueryAsync(dryRun: false, cancellationToken),
        };
        return (await SendAsync(call, cancellationToken)).Object;
    }

    /// <inheritdoc cref="PatchAsync(ResourceKind, ObjectKey, JsonPatch, string?, CancellationToken)"/>
    public Task<KubeObject> PatchAsync(ResourceKind kind, ObjectKey key, JsonPatch patch, CancellationToken cancellationToken) =>
        PatchAsync(kind, key, patch, subresource: null, cancellationToken);

    /// <summary>Creates an object.</summary>
    /// <exception cref="AlreadyExistsException">There is one of this name.</exception>
    public async Task<KubeObject> CreateAsync(ResourceKind kind, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var call = new Call(HttpMethod.Post, kind, Call.KeyOf(body) with { Name = "" })
        {
            Body = body,
            Query = await WriteQueryAsync(dryRun: false, cancellationToken),
        };
        return (await SendAsync(call, cancellationToken)).Object;
    }

    /// <summary>Puts an object in the place of the one whose resource version it carries.</summary>
    /// <exception cref="ConflictException">The object changed meanwhile.</exception>
    public async Task<KubeObject> ReplaceAsync(ResourceKind kind, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var call = new Call(HttpMethod.Put, kind, Call.KeyOf(body))
        {
            Body = body,
            Query = await WriteQueryAsync(dryRun: false, cancellationToken),
        };
        return (await SendAsync(call, cancellationToken)).Object;
    }

    /// <summary>Asks for an object's deletion, which finalizers may hold up.</summary>
    /// <returns>False when there was no such object, which is as good.</returns>
    /// <exception cref="ConflictException">The object is another one than the options say.</exception>
    public async Task<bool> DeleteAsync(ResourceKind kind, ObjectKey key, DeleteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var call = new Call(HttpMethod.Delete, kind, key) { Body = DeleteBody.Of(options) };
            await _transport.SendAsync(call, cancellationToken);
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    /// <summary>Says which Kubernetes the server is; asked once.</summary>
    public Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken) => _probe.GetVersionAsync(cancellationToken);

    /// <summary>Hangs up.</summary>
    public void Dispose() => _transport.Dispose();

    // Since 1.25 the server refuses unknown and double fields instead of dropping them; before, it does not know the parameter.
    private async Task<Query> WriteQueryAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var version = await _probe.GetVersionAsync(cancellationToken);
        return new Query()
            .Add("dryRun", dryRun ? "All" : null)
            .Add("fieldValidation", version.IsAtLeast(1, 25) ? "Strict" : null);
    }

    private Task<(KubeObject Object, HttpStatusCode Status)> SendAsync(Call call, CancellationToken cancellationToken) =>
        ReadAsync(call, async () =>
        {
            var reply = await _transport.SendAsync(call, cancellationToken);
            return (KubeObject.Parse(call.Kind, reply.Body), reply.Status);
        });

    // Something between us and the server answered (a proxy's login page), or the answer was cut.
    private static async Task<T> ReadAsync<T>(Call call, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (JsonException exception)
        {
            throw Errors.Unreachable(call.ToString(), "the answer is no Kubernetes object", exception);
        }
    }
}
