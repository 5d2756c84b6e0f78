using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Apply;

/// <summary>Remembers which objects the server keeps otherwise than we want them, so that they are not written for ever.</summary>
/// <remarks>
/// A server that drops or rewrites a field, or fills in one where a place is owned as a whole, would answer the same apply the
/// same way again. So what our last apply of the same intent left is no reason to apply it once more, whoever has written
/// elsewhere in the object since. After a while it is tried anew: the kind's schema may have changed.
/// </remarks>
internal sealed class ApplyHistory(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ExpiringCache<(ResourceKind Kind, string Uid), Entry> _entries = new(Lifetime, Most, clock);

    /// <summary>Which objects others rewrite as often as we do.</summary>
    public DriftTracker Drift { get; } = new(clock);

    /// <summary>Whether applying this to that would leave just these differences again.</summary>
    public bool IsFutile(DesiredObject wanted, KubeObject live, IReadOnlyList<Difference> differences) =>
        _entries.TryGet((wanted.Kind, live.Metadata.Uid), out var entry)
        && differences.All(difference => entry.Left.Any(difference.IsSame))
        && entry.Intent == wanted.Hash();

    /// <summary>Notes what an apply left.</summary>
    public void Note(DesiredObject wanted, KubeObject result, IReadOnlyList<Difference> left) =>
        _entries.Set((wanted.Kind, result.Metadata.Uid), new Entry(wanted.Hash(), left));

    private sealed record Entry(string Intent, IReadOnlyList<Difference> Left);
}
