using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Where a watcher stands; see <see cref="Watcher"/> for the ways between.</summary>
internal abstract record WatcherState
{
    private WatcherState()
    {
    }

    /// <summary>Nothing is known, or what is known has a gap: the next step lists.</summary>
    public sealed record Empty : WatcherState;

    /// <summary>Some pages are read.</summary>
    public sealed record Listing(List<KubeObject> Objects, string Continue) : WatcherState;

    /// <summary>Everything up to this version is known: the next step watches from there.</summary>
    public sealed record Watching(string ResourceVersion) : WatcherState;

    /// <summary>The server does not know the kind, yet or any more.</summary>
    public sealed record NotServed : WatcherState;
}

/// <summary>What a watcher has been through; read by the meters and the watchdog.</summary>
internal sealed class WatchCounters
{
    private long _events;
    private long _lists;
    private long _restarts;
    private long _failures;
    private long _alive;

    /// <summary>How many events came, bookmarks included.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>How many lists were read to their end.</summary>
    public long Lists => Interlocked.Read(ref _lists);

    /// <summary>How often a watch was begun after the first.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>How many requests failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>When the loop last showed that it is alive, as a timestamp; 0 before it began.</summary>
    public long Alive { get => Interlocked.Read(ref _alive); set => Interlocked.Exchange(ref _alive, value); }

    public void CountEvent() => Interlocked.Increment(ref _events);

    public void CountList() => Interlocked.Increment(ref _lists);

    public void CountRestart() => Interlocked.Increment(ref _restarts);

    public void CountFailure() => Interlocked.Increment(ref _failures);
}
