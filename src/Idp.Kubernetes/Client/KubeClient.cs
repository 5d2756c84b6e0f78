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

    /// <summary>Makes a client over an HTTP client whose base address is the server; disposed with this one.</summary>
    public KubeClient(HttpClient http, KubeClientSettings? settings = null, ILogger<KubeClient>? logger = null)
    {
        _transport = new Transport(http, settings ?? new KubeClientSettings(), logger ?? NullLogger<KubeClient>.Instance);
    }

    /// <summary>Makes a client of a cluster.</summary>
    public static KubeClient Create(KubeConfig config, KubeClientSettings? settings = null, ILogger<KubeClient>? logger = null) =>
        Create(config, [], settings, logger);

    /// <summary>Makes a client of a cluster whose requests pass some handlers first.</summary>
    internal static KubeClient Create(
        KubeConfig config, IEnumerable<DelegatingHandler> first, KubeClientSettings? settings = null, ILogger<KubeClient>? logger = null)
    {
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
    public Task<KubeObject> GetAsync(ResourceKind kind, ObjectKey key, CancellationToken cancellationToken) =>
        ObjectAsync(new Call(HttpMethod.Get, kind, key), cancellationToken);

    /// <summary>Reads one page of a list.</summary>
    /// <exception cref="GoneException">The continue token is too old: begin again.</exception>
    public Task<KubeList> ListPageAsync(ResourceKind kind, ListOptions options, CancellationToken cancellationToken)
    {
        var call = options.CallOf(kind, "PartialObjectMetadataList", new Query());
        call.Query
            .Add("limit", options.Limit > 0 ? $"{options.Limit}" : null)
            .Add("continue", options.Continue)
            .Add("resourceVersion", options.ResourceVersion);
        return SendAsync(
            call,
            async (response, token) =>
            {
                await using var text = await response.Content.ReadAsStreamAsync(token);
                return await ListReader.ReadAsync(kind, text, token);
            },
            cancellationToken);
    }

    /// <summary>Reads a whole list, page by page.</summary>
    public async IAsyncEnumerable<KubeObject> ListAsync(
        ResourceKind kind, ListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
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
    public Task<WatchStream> WatchAsync(ResourceKind kind, WatchOptions options, CancellationToken cancellationToken)
    {
        var call = options.CallOf(kind, "PartialObjectMetadata", new Query()
            .Add("watch", "true")
            .Add("allowWatchBookmarks", "true")
            .Add("timeoutSeconds", $"{(long)options.ServerTimeout.TotalSeconds}"));
        call.Query.Add("resourceVersion", options.ResourceVersion);
        return _transport.SendAsync(
            call,
            async (response, token) => new WatchStream(
                response, await response.Content.ReadAsStreamAsync(token), kind, options.IdleTimeout, _transport.Clock),
            cancellationToken);
    }

    /// <summary>Applies an object: its fields become as given and the field manager's, fields that the manager no longer gives go.</summary>
    /// <remarks>The body is the whole intent. A <c>metadata.uid</c> in it makes the apply refuse any other object.</remarks>
    /// <exception cref="ConflictException">A field belongs to somebody else, or the uid is another one.</exception>
    public async Task<Applied> ApplyAsync(ResourceKind kind, JsonObject body, ApplyOptions options, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Patch, kind, Call.KeyOf(body))
        {
            Subresource = options.Subresource,
            Body = body,
            ContentType = "application/apply-patch+yaml",
            Query = Strict()
                .Add("dryRun", options.DryRun ? "All" : null)
                .Add("fieldManager", options.FieldManager)
                .Add("force", options.Force ? "true" : null),
        };
        return await SendAsync(
            call,
            async (response, token) => new Applied(
                KubeObject.Parse(kind, await BodyAsync(call, response, token)), response.StatusCode == HttpStatusCode.Created),
            cancellationToken);
    }

    /// <summary>Changes an object, or a subresource of it such as <c>status</c>, by JSON patch.</summary>
    /// <exception cref="InvalidException">A test of the patch failed.</exception>
    public Task<KubeObject> PatchAsync(
        ResourceKind kind, ObjectKey key, JsonPatch patch, string? subresource, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Patch, kind, key)
        {
            Subresource = subresource,
            Body = patch.ToJson(),
            ContentType = "application/json-patch+json",
            Query = Strict(),
        };
        return ObjectAsync(call, cancellationToken);
    }

    /// <inheritdoc cref="PatchAsync(ResourceKind, ObjectKey, JsonPatch, string?, CancellationToken)"/>
    public Task<KubeObject> PatchAsync(ResourceKind kind, ObjectKey key, JsonPatch patch, CancellationToken cancellationToken) =>
        PatchAsync(kind, key, patch, subresource: null, cancellationToken);

    /// <summary>Creates an object.</summary>
    /// <exception cref="AlreadyExistsException">There is one of this name.</exception>
    public Task<KubeObject> CreateAsync(ResourceKind kind, JsonObject body, CancellationToken cancellationToken)
    {
        var collection = Call.KeyOf(body) with { Name = "" };
        return ObjectAsync(new Call(HttpMethod.Post, kind, collection) { Body = body, Query = Strict() }, cancellationToken);
    }

    /// <summary>Puts an object in the place of the one whose resource version it carries.</summary>
    /// <exception cref="ConflictException">The object changed meanwhile.</exception>
    public Task<KubeObject> ReplaceAsync(ResourceKind kind, JsonObject body, CancellationToken cancellationToken) =>
        ObjectAsync(new Call(HttpMethod.Put, kind, Call.KeyOf(body)) { Body = body, Query = Strict() }, cancellationToken);

    /// <summary>Asks for an object's deletion, which finalizers may hold up.</summary>
    /// <returns>False when there was no such object, which is as good.</returns>
    /// <exception cref="ConflictException">The object is another one than the options say.</exception>
    public async Task<bool> DeleteAsync(ResourceKind kind, ObjectKey key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = "Background" };
        if (options.Uid is not null)
        {
            body["preconditions"] = new JsonObject { ["uid"] = options.Uid };
        }

        var call = new Call(HttpMethod.Delete, kind, key) { Body = body };
        try
        {
            return await SendAsync(call, async (response, token) => await BodyAsync(call, response, token) is not null, cancellationToken);
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    /// <summary>Hangs up.</summary>
    public void Dispose() => _transport.Dispose();

    // Since 1.25 the server refuses unknown and double fields instead of dropping them; before, it does not look at the parameter.
    private static Query Strict() => new Query().Add("fieldValidation", "Strict");

    private Task<KubeObject> ObjectAsync(Call call, CancellationToken cancellationToken) => SendAsync(
        call, async (response, token) => KubeObject.Parse(call.Kind, await BodyAsync(call, response, token)), cancellationToken);

    // Something between us and the server answered (a proxy's login page), or the answer was cut.
    private async Task<T> SendAsync<T>(Call call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(
                call,
                async (response, token) =>
                {
                    using (response)
                    {
                        return await read(response, token);
                    }
                },
                cancellationToken);
        }
        catch (JsonException exception)
        {
            throw Errors.Unreachable(call.ToString(), "the answer is no Kubernetes object", exception);
        }
    }

    private static async Task<byte[]> BodyAsync(Call call, HttpResponseMessage response, CancellationToken cancellationToken) =>
        await Bounds.ReadAsync(response.Content, Bounds.Object, cancellationToken)
        ?? throw Errors.TooLarge(call.ToString(), "the answer", Bounds.Object);
}
