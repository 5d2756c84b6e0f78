namespace Idp.GitHub.Tests;

/// <summary>A clock that stands still until it is told otherwise.</summary>
internal sealed class ManualTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock was set ahead, or back, without time having passed.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now + Skew;

    public override long GetTimestamp() => Now.Ticks;
}
