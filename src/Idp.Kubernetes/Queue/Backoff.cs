namespace Idp.Kubernetes.Queue;

/// <summary>How long to pause after failures in a row: doubling, with jitter, up to a cap, for ever.</summary>
/// <param name="First">The pause after the first failure.</param>
/// <param name="Cap">The longest pause.</param>
/// <remarks>The jitter takes away up to a quarter, so that what failed together does not come back together.</remarks>
public sealed record Backoff(TimeSpan First, TimeSpan Cap)
{
    /// <summary>Where the jitter comes from; tests give one with a seed.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The next pause, after so many failures in a row.</summary>
    public TimeSpan PauseAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var seconds = Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Cap.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - (Random.NextDouble() / 4)));
    }
}
