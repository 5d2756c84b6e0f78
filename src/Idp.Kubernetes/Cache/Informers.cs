using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Cache;

/// <summary>Everything that is kept in memory: one informer per kind and selection, shared by who needs it.</summary>
/// <remarks>Informers are asked for before <see cref="RunAsync"/>, never after. Reading is safe for any number of threads.</remarks>
public sealed class Informers : IObjectReader, IWriteObserver
{
    private readonly Dictionary<InformerRequest, Informer> _informers = [];
    private readonly Dictionary<ResourceKind, List<Informer>> _byKind = [];
    private readonly Func<InformerRequest, Informer> _make;

    /// <summary>Makes an empty set over one API server.</summary>
    public Informers(KubeClient client, TimeProvider clock, ILogger<Informers> logger)
        : this(request => new Informer(request, new ClientWatchSource(client, request), clock, logger))
    {
    }

    internal Informers(Func<InformerRequest, Informer> make) => _make = make;

    internal IReadOnlyCollection<Informer> All => _informers.Values;

    /// <summary>Keeps objects of a kind, which need not be served yet, in memory.</summary>
    public void Add(ResourceKind kind, string? labelSelector = null, bool metadataOnly = false) =>
        Get(new InformerRequest(kind, labelSelector, metadataOnly));

    /// <summary>Watches until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_informers.Values.Select(informer => informer.Watcher.RunAsync(cancellationToken)));

    /// <summary>Waits until every informer was filled once; a kind that is not served does not hold it up.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_informers.Values.Select(informer => informer.Watcher.Synced.WaitAsync(cancellationToken)));

    /// <inheritdoc/>
    public KubeObject? Find(ResourceKind kind, ObjectKey key)
    {
        foreach (var informer in Of(kind))
        {
            if (informer.Store.Find(key) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<KubeObject> List(ResourceKind kind) => Merge(Of(kind), store => store.All());

    /// <inheritdoc/>
    public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
        Merge(Of(kind), store => store.Of(indexer, value));

    /// <inheritdoc/>
    public bool HoldsAll(ResourceKind kind) => Of(kind).Exists(informer => informer.Request.LabelSelector is null);

    /// <inheritdoc/>
    public bool IsServed(ResourceKind kind) => Of(kind).All(informer => informer.Watcher.State is not WatcherState.NotServed);

    /// <inheritdoc/>
    public void Observe(KubeObject written)
    {
        OwnWrites.Current?.Add(written);
        foreach (var informer in _byKind.GetValueOrDefault(written.Kind, []))
        {
            informer.Store.Observe(written);
        }
    }

    /// <inheritdoc/>
    public void Forget(ResourceKind kind, ObjectKey key, string uid)
    {
        foreach (var informer in _byKind.GetValueOrDefault(kind, []))
        {
            informer.Store.Forget(key, uid);
        }
    }

    internal Informer Get(InformerRequest request)
    {
        if (_informers.TryGetValue(request, out var informer))
        {
            return informer;
        }

        informer = _make(request);
        _informers.Add(request, informer);
        if (!_byKind.TryGetValue(request.Kind, out var ofKind))
        {
            _byKind.Add(request.Kind, ofKind = []);
        }

        // Whole objects are found before bare metadata.
        ofKind.Insert(request.MetadataOnly ? ofKind.Count : 0, informer);
        return informer;
    }

    private List<Informer> Of(ResourceKind kind) => _byKind.TryGetValue(kind, out var informers)
        ? informers
        : throw new InvalidOperationException($"No informer of {kind} was asked for.");

    /// <summary>Every object once, in the order of their keys, so that what is made of them is stable.</summary>
    private static List<KubeObject> Merge(List<Informer> informers, Func<Store, IReadOnlyList<KubeObject>> read)
    {
        IEnumerable<KubeObject> objects = informers.Count == 1
            ? read(informers[0].Store)
            : informers.SelectMany(informer => read(informer.Store)).DistinctBy(found => found.Key);
        return [.. objects
            .OrderBy(found => found.Key.Namespace, StringComparer.Ordinal)
            .ThenBy(found => found.Key.Name, StringComparer.Ordinal)];
    }
}
