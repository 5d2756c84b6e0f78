using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Where a watcher stands; see <see cref="Watcher"/> for the ways between.</summary>
internal abstract record WatcherState
{
    /// <summary>Nothing is known, or what is known has a gap: the next step lists.</summary>
    public sealed record Empty : WatcherState;

    /// <summary>Some pages are read.</summary>
    public sealed record Listing(List<KubeObject> Objects, string Continue) : WatcherState;

    /// <summary>Everything up to this version is known: the next step watches from there.</summary>
    public sealed record Watching(string ResourceVersion) : WatcherState;

    /// <summary>The server does not know the kind, yet or any more.</summary>
    public sealed record NotServed : WatcherState;
}

/// <summary>What a watcher has been through. Its loop alone writes them; the meters and the watchdog read them at any time.</summary>
internal sealed class WatchCounters
{
    /// <summary>How many events came, bookmarks included.</summary>
    public long Events { get; set; }

    /// <summary>How many lists were read to their end.</summary>
    public long Lists { get; set; }

    /// <summary>How often a watch was begun.</summary>
    public long Watches { get; set; }

    /// <summary>How often a watch was begun after the first.</summary>
    public long Restarts => Math.Max(0, Watches - 1);

    /// <summary>How many requests failed.</summary>
    public long Failures { get; set; }

    /// <summary>When the loop last showed that it is alive, as a timestamp; 0 before it began.</summary>
    public long Alive { get; set; }
}
