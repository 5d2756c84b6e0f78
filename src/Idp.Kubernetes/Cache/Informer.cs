using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Cache;

/// <summary>Keeps the objects of one kind, or a selection of them, in memory.</summary>
internal sealed class Informer
{
    private readonly Watcher _watcher;

    public Informer(InformerRequest request, IWatchSource source, TimeProvider clock, ILogger logger)
    {
        Request = request;
        Store = new Store(LabelSelector.Parse(request.LabelSelector));
        _watcher = new Watcher(request.Kind.ToString(), source, Store, clock, logger);
    }

    /// <summary>What it keeps.</summary>
    public InformerRequest Request { get; }

    /// <summary>Where it keeps it.</summary>
    public Store Store { get; }

    /// <summary>What the watch has been through.</summary>
    public WatchCounters Counters => _watcher.Counters;

    /// <summary>Whether the server is known not to serve the kind.</summary>
    public bool IsServed => _watcher.State is not WatcherState.NotServed;

    /// <summary>Whether the store was filled once, or the kind is not served.</summary>
    public bool HasSynced => _watcher.Synced.IsCompleted;

    /// <summary>Whether the loop shows signs of life.</summary>
    public bool IsAlive => _watcher.IsAlive;

    /// <summary>Ends when <see cref="HasSynced"/>.</summary>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _watcher.Synced.WaitAsync(cancellationToken);

    /// <summary>Works until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _watcher.RunAsync(cancellationToken);

    /// <summary>Whether it can answer for the kind; versions of a kind are different kinds.</summary>
    public bool IsOf(ResourceKind kind) => Request.Kind == kind;
}

/// <summary>Which objects are to be kept in memory.</summary>
/// <param name="Kind">Their kind; it need not be served yet.</param>
/// <param name="LabelSelector">Which of them; null for all.</param>
/// <param name="MetadataOnly">Whether metadata is enough.</param>
internal sealed record InformerRequest(ResourceKind Kind, string? LabelSelector = null, bool MetadataOnly = false);
