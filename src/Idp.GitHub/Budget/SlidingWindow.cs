namespace Idp.GitHub;

/// <summary>What was spent within the last minute or hour, against a limit. Not safe for many threads.</summary>
internal sealed class SlidingWindow
{
    /// <summary>A request takes time to arrive, so GitHub's window ends a little after ours.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly Queue<(DateTimeOffset At, int Units)> _spent;
    private readonly int _limit;
    private readonly TimeSpan _length;
    private int _used;

    public SlidingWindow(int limit, TimeSpan length)
        : this(limit, length, [], used: 0)
    {
    }

    private SlidingWindow(int limit, TimeSpan length, Queue<(DateTimeOffset, int)> spent, int used) =>
        (_limit, _length, _spent, _used) = (limit, length, spent, used);

    /// <summary>The first moment from <paramref name="now"/> on at which so many units more can be spent.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, int units)
    {
        Forget(now);
        var excess = _used + units - _limit;
        if (_limit == 0 || excess <= 0)
        {
            return now;
        }

        // What never fits is let through alone: GitHub then says what it thinks of it.
        var free = now;
        foreach (var (at, spent) in _spent)
        {
            free = at + _length + Margin;
            excess -= spent;
            if (excess <= 0)
            {
                break;
            }
        }

        return free;
    }

    /// <summary>Whether nothing that was spent counts any more.</summary>
    public bool IsEmpty(DateTimeOffset now)
    {
        Forget(now);
        return _used == 0;
    }

    public void Spend(DateTimeOffset now, int units)
    {
        if (_limit > 0)
        {
            Forget(now);
            _spent.Enqueue((now, units));
            _used += units;
        }
    }

    /// <summary>A window in which the future can be tried.</summary>
    public SlidingWindow Copy() => new(_limit, _length, new Queue<(DateTimeOffset, int)>(_spent), _used);

    private void Forget(DateTimeOffset now)
    {
        while (_spent.TryPeek(out var oldest) && oldest.At + _length + Margin <= now)
        {
            _used -= _spent.Dequeue().Units;
        }
    }
}

/// <summary>Moments that go forward as time passes, whatever becomes of the machine's clock: a wait stays as long as it is.</summary>
internal sealed class MonotonicClock(TimeProvider clock)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _began = clock.GetTimestamp();

    /// <summary>The present moment; to be compared with others of this clock alone.</summary>
    public DateTimeOffset Now => _start + clock.GetElapsedTime(_began);

    /// <summary>What the machine's clock says now.</summary>
    public DateTimeOffset Wall => clock.GetUtcNow();

    /// <summary>What the machine's clock will say at a moment of this one, should nobody change it.</summary>
    public DateTimeOffset OnTheWall(DateTimeOffset moment) => Wall + (moment - Now);
}
