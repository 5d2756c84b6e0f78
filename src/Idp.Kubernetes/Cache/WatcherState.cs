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
