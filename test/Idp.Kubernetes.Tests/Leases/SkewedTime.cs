namespace Idp.Kubernetes.Tests.Leases;

/// <summary>One machine's clock: it runs too fast or too slow, and its wall clock says what it likes.</summary>
/// <param name="real">The time that goes by.</param>
/// <param name="rate">How much faster this clock is: at 0.8 its second lasts 1.25 real ones.</param>
internal sealed class SkewedTime(ManualTime real, double rate) : TimeProvider
{
    private readonly long _began = real.GetTimestamp();

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan WallIsOff { get; set; }

    public override long TimestampFrequency => real.TimestampFrequency;

    public override long GetTimestamp() => 1 + (long)((real.GetTimestamp() - _began) * rate);

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + WallIsOff;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Skewed(real.CreateTimer(callback, state, Real(dueTime), period), this);

    private TimeSpan Real(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : TimeSpan.FromTicks((long)Math.Ceiling(span.Ticks / rate));

    private sealed class Skewed(ITimer timer, SkewedTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Real(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
