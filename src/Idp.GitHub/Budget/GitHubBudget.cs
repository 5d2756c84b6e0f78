namespace Idp.GitHub;

/// <summary>What one credential may still ask of GitHub, shared by all who use it.</summary>
/// <remarks>
/// <para>
/// Guarantees: after GitHub asked to wait nothing is sent before the time is up; content is created no faster than
/// <see cref="GitHubLimits"/> allow; writes go one at a time; who cannot go on is told when to come again, and nobody
/// sleeps meanwhile. Safe for use from many threads.
/// </para>
/// <para>
/// Assumptions: what was spent is kept in memory, so a restarted process learns of an exhausted limit from GitHub. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api"/>.
/// </para>
/// </remarks>
public sealed class GitHubBudget
{
    private static readonly TimeSpan BackgroundPause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly MonotonicClock _time;
    private readonly RateLimitGate _gate = new();
    private readonly SlidingWindow _contentMinute;
    private readonly SlidingWindow _contentHour;
    private readonly SlidingWindow _points;
    private readonly ContentQueue _queue = new();
    private readonly int _pointsForBackground;
    private readonly int _contentForPeople;
    private readonly AsyncLocal<Reservation?> _current = new();
    private GitHubQuota? _quota;
    private DateTimeOffset _quotaEnds;
    private int _reserved;

    internal GitHubBudget(GitHubLimits limits, TimeProvider clock)
    {
        _time = new MonotonicClock(clock);
        _contentMinute = new SlidingWindow(limits.ContentPerMinute, TimeSpan.FromMinutes(1));
        _contentHour = new SlidingWindow(limits.ContentPerHour, TimeSpan.FromHours(1));
        _points = new SlidingWindow(limits.PointsPerMinute, TimeSpan.FromMinutes(1));
        _pointsForBackground = limits.PointsPerMinute / 2;
        _contentForPeople = limits.ContentPerHour / 5;
    }

    /// <summary>
    /// Whether there is enough for work that nobody waits for, such as a look whether all is as it was: a fifth of the
    /// hourly quota and half of the points of a minute are kept for people.
    /// </summary>
    public bool AllowsBackground
    {
        get
        {
            var now = _time.Now;
            lock (_lock)
            {
                var scarce = _quota is { } quota && _quotaEnds > now && quota.Remaining < quota.Limit / 5;
                return !scarce && _gate.ResumeAt <= now && _points.FreeAt(now, _pointsForBackground) <= now;
            }
        }
    }

    /// <summary>Whether nothing that was spent counts any more, nothing is reserved and GitHub has not asked to wait: nothing is lost with it.</summary>
    public bool IsIdle
    {
        get
        {
            var now = _time.Now;
            lock (_lock)
            {
                return _reserved == 0 && _gate.ResumeAt <= now && _contentHour.IsEmpty(now) && _contentMinute.IsEmpty(now) && _points.IsEmpty(now);
            }
        }
    }

    /// <summary>Reserves what making something new will take, so that it is not stopped half way.</summary>
    /// <remarks>
    /// While others wait, they are served in turn: first the first of every group, then the second. What is free, and would be while all
    /// who are before this one are away, is not left unused. The reservation holds for the requests that the caller makes until it is
    /// disposed, and for those of no one else.
    /// </remarks>
    /// <param name="key">Who asks; asks again with the same key when the time has come.</param>
    /// <param name="group">The team that it is for.</param>
    /// <param name="requests">The content-creating requests that it takes.</param>
    /// <returns>The reservation; disposing it gives back what was not used.</returns>
    /// <exception cref="RateLimitedException">It is not yet this one's turn; the exception says when to come again.</exception>
    public IDisposable Reserve(string key, string group, int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requests);
        var now = _time.Now;
        lock (_lock)
        {
            _queue.Enqueue(key, group, requests, now);
            if (Forecast(_queue.AtHandBefore(key, now), requests, now) > now)
            {
                var before = _queue.Before(key);
                var due = Forecast(before, requests, now);
                _queue.SetDue(key, due);
                var time = _time.OnTheWall(due);
                throw new RateLimitedException(NotYet(before.Count, time), time);
            }

            _queue.Dequeue(key);
            _reserved += requests;
            return _current.Value = new Reservation(this, requests);
        }
    }

    /// <summary>Reserves for work that nobody waits for: out of what is left over when a fifth of an hour's content is kept for people.</summary>
    /// <remarks>Not while anybody waits for a turn; who asks in vain asks again when the time has come, and stands in no line.</remarks>
    /// <param name="requests">The content-creating requests that it takes.</param>
    /// <returns>The reservation; disposing it gives back what was not used.</returns>
    /// <exception cref="RateLimitedException">Nothing is left over now; the exception says when to come again.</exception>
    public IDisposable ReserveInBackground(int requests)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requests);
        var now = _time.Now;
        lock (_lock)
        {
            var units = requests + _reserved;
            var free = Later(_gate.ResumeAt, Later(_contentMinute.FreeAt(now, units), _contentHour.FreeAt(now, units + _contentForPeople)));
            free = _queue.IsEmpty(now) && AllowsBackground ? free : Later(free, now + BackgroundPause);
            if (free > now)
            {
                var time = _time.OnTheWall(free);
                throw new RateLimitedException(
                    new GitHubFailure { Message = $"GitHub's limits leave nothing at present for what nobody waits for; it goes on at {time:u}." }, time);
            }

            _reserved += requests;
            return _current.Value = new Reservation(this, requests);
        }
    }

    /// <summary>Takes somebody out of the line who does not come again.</summary>
    /// <param name="key">By which they asked.</param>
    public void Leave(string key)
    {
        lock (_lock)
        {
            _queue.Remove(key);
        }
    }

    internal GitHubQuota? Quota
    {
        get
        {
            lock (_lock)
            {
                return _quota;
            }
        }
    }

    /// <summary>Throws while GitHub wants no request at all.</summary>
    internal void ThrowIfClosed(GitHubCallContext call)
    {
        lock (_lock)
        {
            if (_time.Now < _gate.ResumeAt)
            {
                var time = _time.OnTheWall(_gate.ResumeAt);
                throw new RateLimitedException(NotNow(call, $"it wants no request before {time:u}"), time);
            }
        }
    }

    /// <summary>Spends what the request costs, or throws if it may not be sent now.</summary>
    internal void Spend(GitHubCallContext call, bool isWrite)
    {
        lock (_lock)
        {
            ThrowIfClosed(call);
            var now = _time.Now;
            var isContent = isWrite && Operations.CreateContent.Contains(call.Operation);
            var points = isWrite ? 5 : 1;
            var free = _points.FreeAt(now, points);
            var own = _current.Value is { Left: > 0 } reservation ? reservation : null;
            var units = own is null ? 1 + _reserved : 1;
            free = isContent ? Later(free, Later(_contentMinute.FreeAt(now, units), _contentHour.FreeAt(now, units))) : free;
            if (free > now)
            {
                var time = _time.OnTheWall(free);
                throw new RateLimitedException(NotNow(call, $"it takes no more requests of this kind before {time:u}"), time);
            }

            _points.Spend(now, points);
            if (isContent)
            {
                _contentMinute.Spend(now, 1);
                _contentHour.Spend(now, 1);
                own?.Use();
            }
        }
    }

    /// <summary>Learns from an answer; returns when to go on if it was a rate limit, and null if it was none.</summary>
    internal DateTimeOffset? Learn(GitHubResponse answer, string credential, string message)
    {
        var now = _time.Now;
        lock (_lock)
        {
            if (answer.Quota(credential) is { } told)
            {
                _quota = told;
                _quotaEnds = now + RateLimit.Bounded(told.ResetAt - (answer.Headers.Date ?? _time.Wall));
            }

            if (!answer.IsRefusal)
            {
                _gate.Opened();
                if (answer.Quota(credential) is { Remaining: <= 0 })
                {
                    // This one was the last: the next would be refused.
                    _gate.CloseUntil(_quotaEnds.AddSeconds(1));
                }

                return null;
            }

            return _gate.Close(answer, message, now, _time.Wall) is { } resumeAt ? _time.OnTheWall(resumeAt) : null;
        }
    }

    private DateTimeOffset Forecast(IReadOnlyList<int> before, int requests, DateTimeOffset now)
    {
        var (minute, hour) = (_contentMinute.Copy(), _contentHour.Copy());
        minute.Spend(now, _reserved);
        hour.Spend(now, _reserved);
        var at = Later(now, _gate.ResumeAt);
        foreach (var units in before)
        {
            at = NextFree(minute, hour, units, at);
            minute.Spend(at, units);
            hour.Spend(at, units);
        }

        return NextFree(minute, hour, requests, at);
    }

    private static DateTimeOffset NextFree(SlidingWindow minute, SlidingWindow hour, int units, DateTimeOffset from)
    {
        var at = hour.FreeAt(from, units);
        return Later(at, minute.FreeAt(at, units));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static GitHubFailure NotYet(int before, DateTimeOffset due) => new()
    {
        Message = before == 0
            ? $"GitHub lets content be created only so fast; it is this one's turn at {due:u}."
            : $"GitHub lets content be created only so fast, and {before} are before this one; it is its turn at {due:u}.",
    };

    private static GitHubFailure NotNow(GitHubCallContext call, string why) =>
        new() { Message = $"GitHub was not asked to {call.Purpose}: {why}.", Operation = call.Operation };

    private sealed class Reservation(GitHubBudget budget, int requests) : IDisposable
    {
        public int Left { get; private set; } = requests;

        public void Use()
        {
            Left--;
            budget._reserved--;
        }

        public void Dispose()
        {
            lock (budget._lock)
            {
                budget._reserved -= Left;
                Left = 0;
            }
        }
    }
}
