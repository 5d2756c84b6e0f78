namespace Idp.Kubernetes.Queue;

/// <summary>One timer that rings at the time that was set last.</summary>
internal sealed class Alarm : IDisposable
{
    /// <summary>No time at all.</summary>
    public const long Never = long.MaxValue;

    /// <summary>A timer does not take more than seven weeks; who rings too early is set again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _due = Never;

    public Alarm(TimeProvider clock, Action ring)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => Ring(ring), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rings at this timestamp, and at no other; setting the same again costs nothing.</summary>
    public void Set(long due)
    {
        if (Interlocked.Exchange(ref _due, due) != due)
        {
            _timer.Change(due == Never ? Timeout.InfiniteTimeSpan : Until(due), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>A timer works in milliseconds: rounded up, else it would ring just too early, again and again.</summary>
    private TimeSpan Until(long due)
    {
        var left = _clock.GetElapsedTime(_clock.GetTimestamp(), due).TotalMilliseconds;
        var span = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(left)));
        return span < Longest ? span : Longest;
    }

    private void Ring(Action ring)
    {
        Interlocked.Exchange(ref _due, Never);
        ring();
    }
}
