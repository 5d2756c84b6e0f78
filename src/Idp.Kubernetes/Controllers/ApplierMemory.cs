using System.Collections.Concurrent;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Remembers which objects the server keeps otherwise than we want them, so that they are not written for ever.</summary>
/// <remarks>
/// A server that drops or rewrites a field, or fills in one where a place is owned as a whole, would answer the same apply the
/// same way again. So what our last apply of the same intent left is no reason to apply it once more, whoever has written
/// elsewhere in the object since. After a while it is tried anew: the kind's schema may have changed.
/// </remarks>
internal sealed class ApplierMemory(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(ResourceKind Kind, string Uid), Entry> _entries = new();

    /// <summary>Which objects others rewrite as often as we do.</summary>
    public Contests Contests { get; } = new(clock);

    /// <summary>Whether applying this to that would leave just these differences again.</summary>
    public bool IsFutile(DesiredObject wanted, KubeObject live, IReadOnlyList<Difference> differences) =>
        _entries.TryGetValue((wanted.Kind, live.Metadata.Uid), out var entry)
        && clock.GetElapsedTime(entry.At) < Lifetime
        && differences.All(difference => entry.Left.Any(difference.IsSame))
        && entry.Intent == wanted.Hash();

    /// <summary>Notes what an apply left.</summary>
    public void Note(DesiredObject wanted, KubeObject result, IReadOnlyList<Difference> left)
    {
        if (_entries.Count >= Most)
        {
            _entries.Clear();
        }

        _entries[(wanted.Kind, result.Metadata.Uid)] = new Entry(wanted.Hash(), left, clock.GetTimestamp());
    }

    private sealed record Entry(string Intent, IReadOnlyList<Difference> Left, long At);
}
