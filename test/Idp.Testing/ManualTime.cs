namespace Idp.Testing;

/// <summary>Time that stands still until a test moves it.</summary>
/// <param name="start">The first present; null for a fixed one.</param>
/// <remarks>
/// <para>
/// The one danger of it: time that moves while the code under test is between reading the clock and setting its timer. That timer is then
/// late, on a busy machine more often. So code that goes on by itself is started with <see cref="Run"/>, and time moved with
/// <see cref="AdvanceAsync"/>, which first lets all that code come to where it waits, and again after each timer.
/// </para>
/// <para>
/// Code that talks to a real server goes on where the clock does not see it: there a test waits for the timer that it wants to pass
/// (<see cref="TimerWithinAsync"/>), and moves time then. Code that only asks what time it is needs nothing of this.
/// </para>
/// <para>Safe for any number of threads.</para>
/// </remarks>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    /// <summary>How long anything is waited for, by the machine's clock: longer than the busiest machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Motion _motion = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Seen)> _waiters = [];
    private DateTimeOffset _now = start ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set.</summary>
    public int TimerCount
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>How far the wall clock was set ahead, or back, without time having passed: neither timestamps nor timers change by it.</summary>
    public TimeSpan Skew { get; set; }

    private DateTimeOffset Passed
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Passed + Skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => Passed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Starts code that goes by this clock, and runs it to its first wait.</summary>
    /// <param name="work">The code; neither it nor what it calls may leave its context, but for moments that a test waits for itself.</param>
    /// <returns>Its end.</returns>
    public Task Run(Func<Task> work) => _motion.Run(work);

    /// <summary>Waits until all the code that was started here waits: for a timer of this clock, or for the test.</summary>
    public Task SettledAsync() => _motion.StillAsync().WaitAsync(Patience);

    /// <summary>Moves time; every timer fires on its way, in order and at its time, and what it sets going has settled before time goes on.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await SettledAsync();
        var target = Passed + by;
        while (NextDue(target) is { } timer)
        {
            Motion.Outside(timer.Fire);
            await SettledAsync();
        }

        MoveTo(target);
    }

    /// <summary>Moves time; every timer fires on its way, in order, on this thread, and nothing else is waited for.</summary>
    /// <exception cref="InvalidOperationException">Code was started with <see cref="Run"/>, and might be in motion.</exception>
    public void Advance(TimeSpan by)
    {
        if (_motion.HasBegun)
        {
            throw new InvalidOperationException($"Code goes on by this clock: move it with {nameof(AdvanceAsync)}.");
        }

        var target = Passed + by;
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        MoveTo(target);
    }

    /// <summary>Moves time to a moment, as <see cref="Advance"/> does; one that is past is none.</summary>
    public void AdvanceTo(DateTimeOffset moment) => Advance(moment - GetUtcNow());

    /// <summary>Time goes by and no timer fires, as for a process that is frozen; they fire when it is moved next.</summary>
    public void Freeze(TimeSpan @for)
    {
        lock (_lock)
        {
            _now += @for;
        }
    }

    /// <summary>Waits until timers are set that are due within the span; so a test knows that code which it cannot see into is waiting.</summary>
    /// <param name="dueIn">The span: shorter than any deadline that the code sets for something else.</param>
    /// <param name="count">How many, at least.</param>
    public Task TimerWithinAsync(TimeSpan dueIn, int count = 1) => UntilAsync(() => _timers.Count(timer => timer.Due <= _now + dueIn) >= count);

    /// <summary>Waits until so many timers are set, and no more: a timer that is given up goes a moment after what it was for.</summary>
    /// <param name="count">How many.</param>
    public Task TimerCountAsync(int count) => UntilAsync(() => _timers.Count == count);

    private Task UntilAsync(Func<bool> holds)
    {
        lock (_lock)
        {
            if (holds())
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((holds, seen));
            return seen.Task.WaitAsync(Patience);
        }
    }

    private void MoveTo(DateTimeOffset target)
    {
        lock (_lock)
        {
            _now = target > _now ? target : _now;
        }
    }

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _now = next.Due > _now ? next.Due : _now;
                _timers.Remove(next);
            }

            return next;
        }
    }

    private void Set(ManualTimer timer, TimeSpan dueTime)
    {
        List<TaskCompletionSource> seen;
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _now + dueTime;
                _timers.Add(timer);
            }

            seen = [.. _waiters.Where(waiter => waiter.Holds()).Select(waiter => waiter.Seen)];
            _waiters.RemoveAll(waiter => seen.Contains(waiter.Seen));
        }

        seen.ForEach(waiter => waiter.SetResult());
        if (dueTime == TimeSpan.Zero)
        {
            // Due at once is due now, though time stands still.
            _motion.Begin(() => FireIfSet(timer));
        }
    }

    private void FireIfSet(ManualTimer timer)
    {
        lock (_lock)
        {
            if (timer.Due > _now || !_timers.Remove(timer))
            {
                return; // set anew, or fired by a move meanwhile
            }
        }

        timer.Fire();
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            time.Set(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                time.Set(this, _period);
            }

            callback(state);
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
