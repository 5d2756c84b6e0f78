using System.Collections.Concurrent;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Remembers which objects the server keeps otherwise than we want them, so that they are not written for ever.</summary>
/// <remarks>
/// A server that drops or rewrites a field would answer the same apply the same way again. So where our last apply of the
/// same intent gave exactly this version of the object, there is nothing to do, whatever the comparison says. After a
/// while it is tried anew: the kind's schema may have changed.
/// </remarks>
internal sealed class ApplierMemory(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(ResourceKind Kind, string Uid), Entry> _entries = new();

    /// <summary>Which objects others rewrite as often as we do.</summary>
    public Contests Contests { get; } = new(clock);

    /// <summary>Whether applying this to that would give just that.</summary>
    public bool IsFutile(DesiredObject wanted, KubeObject live) =>
        _entries.TryGetValue((wanted.Kind, live.Metadata.Uid), out var entry)
        && entry.ResourceVersion == live.Metadata.ResourceVersion
        && clock.GetElapsedTime(entry.At) < Lifetime
        && entry.Intent == wanted.Hash();

    /// <summary>Notes what an apply gave that did not give what was wanted.</summary>
    public void Note(DesiredObject wanted, KubeObject result)
    {
        if (_entries.Count >= Most)
        {
            _entries.Clear();
        }

        _entries[(wanted.Kind, result.Metadata.Uid)] = new Entry(wanted.Hash(), result.Metadata.ResourceVersion, clock.GetTimestamp());
    }

    private sealed record Entry(string Intent, string ResourceVersion, long At);
}
