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

/// <summary>Sees when others change an object as often as it is corrected, and makes the corrections rarer.</summary>
/// <remarks>
/// A few corrections come at once. More of them in a row, for the same intent, are a conflict of two controllers: each is then followed by
/// a longer pause, and it is over when the object has stayed as wanted for as long as that. In memory alone: the next leader sees for
/// itself within seconds.
/// </remarks>
internal sealed class DriftTracker(TimeProvider clock)
{
    private const int Most = 10_000;
    private const int AtOnce = 5;
    private const int FieldsTold = 5;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(5), LongestPause);

    // Longer than any of them is recent.
    private readonly ExpiringCache<(ResourceKind Kind, string Uid), RepeatedDrift> _drifts = new(Soon + (3 * LongestPause), Most, clock);

    /// <summary>An object that drifted and is not corrected yet; null where it is to be corrected.</summary>
    public AppliedObject? Holding(DesiredObject wanted, KubeObject live) =>
        Find(wanted, live) is { } drift && clock.GetElapsedTime(drift.At) < drift.Pause && drift.Intent == wanted.Hash()
            ? Contested(wanted, live, drift, drift.Pause)
            : null;

    /// <summary>An object that is as wanted, and has not been so for long enough; null where there is nothing to fear.</summary>
    public AppliedObject? Watching(DesiredObject wanted, KubeObject live)
    {
        if (Find(wanted, live) is not { } drift)
        {
            return null;
        }

        if (clock.GetElapsedTime(drift.At) < WatchedFor(drift))
        {
            return Contested(wanted, live, drift, WatchedFor(drift));
        }

        _drifts.Remove((wanted.Kind, live.Metadata.Uid));
        return null;
    }

    /// <summary>Notes that an object was corrected.</summary>
    /// <returns>The object, where it has drifted again and again.</returns>
    public AppliedObject? Corrected(
        DesiredObject wanted, KubeObject drifted, KubeObject corrected, IReadOnlyList<Difference> differences, string fieldManager)
    {
        var key = (wanted.Kind, drifted.Metadata.Uid);
        var intent = wanted.Hash();
        var before = _drifts.TryGet(key, out var last) && last.Intent == intent && IsRecent(last) ? last : null;
        var corrections = (before?.Corrections ?? 0) + 1;
        var drift = new RepeatedDrift(
            intent,
            corrections,
            clock.GetTimestamp(),
            corrections > AtOnce ? _backoff.PauseAfter(corrections - AtOnce) : TimeSpan.Zero,
            Union(before?.Fields, differences.Select(difference => difference.Path)),
            Union(before?.Managers, OtherManagers.Of(drifted, differences, fieldManager)));
        _drifts.Set(key, drift);
        return IsRepeated(drift) ? Contested(wanted, corrected, drift, WatchedFor(drift)) : null;
    }

    // The next look makes sense when it is to be corrected, or may be believed to be over.
    private AppliedObject Contested(DesiredObject wanted, KubeObject live, RepeatedDrift drift, TimeSpan after) =>
        new(wanted, ApplyOutcome.Contested, live, drift.Describe(wanted)) { RetryAfter = after - clock.GetElapsedTime(drift.At) };

    private static TimeSpan WatchedFor(RepeatedDrift drift) => drift.Pause > Calm ? drift.Pause : Calm;

    private RepeatedDrift? Find(DesiredObject wanted, KubeObject live) =>
        _drifts.TryGet((wanted.Kind, live.Metadata.Uid), out var drift) && IsRepeated(drift) ? drift : null;

    private bool IsRecent(RepeatedDrift drift) => clock.GetElapsedTime(drift.At) < Soon + (2 * drift.Pause);

    private static bool IsRepeated(RepeatedDrift drift) => drift.Corrections > AtOnce;

    private static List<string> Union(IReadOnlyList<string>? before, IEnumerable<string> more) =>
        [.. (before ?? []).Concat(more).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(FieldsTold)];
}

/// <summary>How often one object drifted and was corrected, and by whom it was changed.</summary>
/// <param name="Intent">What is wanted; another intent is another matter.</param>
/// <param name="Corrections">How often it was corrected, each time soon after the last.</param>
/// <param name="At">When it was corrected last.</param>
/// <param name="Pause">How long it is left as others have it before it is corrected again.</param>
/// <param name="Fields">What was changed.</param>
/// <param name="Managers">The field managers that changed it, as far as that shows.</param>
internal sealed record RepeatedDrift(
    string Intent, int Corrections, long At, TimeSpan Pause, IReadOnlyList<string> Fields, IReadOnlyList<string> Managers)
{
    /// <summary>Says who does what to which object, and what helps. The same each time, because it becomes a condition.</summary>
    public string Describe(DesiredObject wanted)
    {
        var managers = Managers.Count == 0 ? "somebody else" : string.Join(", ", Managers);
        return $"the {wanted} is contested: {managers} rewrites {string.Join(", ", Fields)} whenever it is corrected, so it is corrected ever"
            + $" more rarely. Have {managers} leave what is ours alone, or change here what is wanted";
    }
}
