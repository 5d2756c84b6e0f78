using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Apply;

/// <summary>Sees when others spoil an object as often as it is corrected, and makes the corrections rarer.</summary>
/// <remarks>
/// A few corrections come at once, which is drift as it happens. More of them in a row, for the same intent, are a contest:
/// each is then followed by a longer pause, and the contest is over when the object has stayed as wanted for as long
/// as that. In memory alone: the next leader sees for itself within seconds.
/// </remarks>
internal sealed class Contests(TimeProvider clock)
{
    private const int Most = 10_000;
    private const int AtOnce = 5;
    private const int FieldsTold = 5;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(5), LongestPause);

    // Longer than any of them is recent.
    private readonly FadingMemory<(ResourceKind Kind, string Uid), Contest> _contests = new(Soon + (3 * LongestPause), Most, clock);

    /// <summary>The contest for which a spoiled object is not corrected yet; null where it is to be corrected.</summary>
    public Contest? Holding(DesiredObject wanted, KubeObject live) =>
        Find(wanted, live) is { } contest && clock.GetElapsedTime(contest.At) < contest.Pause && contest.Intent == wanted.Hash()
            ? contest
            : null;

    /// <summary>The contest of an object that is as wanted, until it has been so for long enough; null where there is none.</summary>
    public Contest? Watching(DesiredObject wanted, KubeObject live)
    {
        if (Find(wanted, live) is not { } contest)
        {
            return null;
        }

        if (Left(contest) > TimeSpan.Zero)
        {
            return contest;
        }

        _contests.Remove((wanted.Kind, live.Metadata.Uid));
        return null;
    }

    /// <summary>Notes that an object was corrected.</summary>
    /// <returns>The contest, where it has become one.</returns>
    public Contest? Corrected(DesiredObject wanted, KubeObject spoiled, IReadOnlyList<Difference> differences, string fieldManager)
    {
        var key = (wanted.Kind, spoiled.Metadata.Uid);
        var intent = wanted.Hash();
        var before = _contests.TryGet(key, out var last) && last.Intent == intent && IsRecent(last) ? last : null;
        var corrections = (before?.Corrections ?? 0) + 1;
        var contest = new Contest(
            intent,
            corrections,
            clock.GetTimestamp(),
            corrections > AtOnce ? _backoff.PauseAfter(corrections - AtOnce) : TimeSpan.Zero,
            Union(before?.Fields, differences.Select(difference => difference.Path)),
            Union(before?.Rivals, Rivals.Of(spoiled, differences, fieldManager)));
        _contests.Set(key, contest);
        return IsOne(contest) ? contest : null;
    }

    /// <summary>How long until the next look makes sense: to correct, or to believe that it is over.</summary>
    public TimeSpan Left(Contest contest)
    {
        var left = (contest.Pause > Calm ? contest.Pause : Calm) - clock.GetElapsedTime(contest.At);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>How long a spoiled object is still left as it is.</summary>
    public TimeSpan Held(Contest contest) => contest.Pause - clock.GetElapsedTime(contest.At);

    private Contest? Find(DesiredObject wanted, KubeObject live) =>
        _contests.TryGet((wanted.Kind, live.Metadata.Uid), out var contest) && IsOne(contest) ? contest : null;

    private bool IsRecent(Contest contest) => clock.GetElapsedTime(contest.At) < Soon + (2 * contest.Pause);

    private static bool IsOne(Contest contest) => contest.Corrections > AtOnce;

    private static List<string> Union(IReadOnlyList<string>? before, IEnumerable<string> more) =>
        [.. (before ?? []).Concat(more).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(FieldsTold)];
}
