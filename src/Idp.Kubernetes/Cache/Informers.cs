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
    /// <param name="client">The server.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="logger">What is told of the watches.</param>
    public Informers(KubeClient client, TimeProvider clock, ILogger<Informers> logger)
        : this(request => new Informer(request, new ClientWatchSource(client, request), clock, logger))
    {
    }

    internal Informers(Func<InformerRequest, Informer> make) => _make = make;

    /// <summary>Whether every informer was filled once or its kind is known not to be served.</summary>
    public bool HasSynced => _informers.Values.All(informer => informer.HasSynced);

    /// <summary>Whether every watch shows signs of life, be it only by trying again.</summary>
    public bool IsAlive => _informers.Values.All(informer => informer.IsAlive);

    internal IReadOnlyCollection<Informer> All => _informers.Values;

    /// <summary>Keeps objects of a kind in memory.</summary>
    /// <param name="kind">The kind; it need not be served yet.</param>
    /// <param name="labelSelector">Which objects; all by default.</param>
    /// <param name="metadataOnly">Whether metadata is enough.</param>
    public void Add(ResourceKind kind, string? labelSelector = null, bool metadataOnly = false) =>
        Get(new InformerRequest(kind, labelSelector, metadataOnly));

    /// <summary>Watches until cancelled.</summary>
    /// <param name="cancellationToken">Ends every watch.</param>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_informers.Values.Select(informer => informer.RunAsync(cancellationToken)));

    /// <summary>Waits until <see cref="HasSynced"/>; a kind that is not served does not hold it up.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_informers.Values.Select(informer => informer.WaitForSyncAsync(cancellationToken)));

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
    public bool IsServed(ResourceKind kind) => Of(kind).All(informer => informer.IsServed);

    /// <inheritdoc/>
    public void Observe(KubeObject written)
    {
        ArgumentNullException.ThrowIfNull(written);
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
