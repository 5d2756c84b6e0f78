using System.Collections.Concurrent;

namespace Idp.Kubernetes.Queue;

/// <summary>How long to pause after failures in a row: doubling, with jitter, up to a cap, for ever.</summary>
/// <param name="First">The pause after the first failure.</param>
/// <param name="Cap">The longest pause.</param>
/// <remarks>The jitter takes away up to a quarter, so that what failed together does not come back together.</remarks>
public sealed record Backoff(TimeSpan First, TimeSpan Cap)
{
    /// <summary>Where the jitter comes from; tests give one with a seed.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The next pause.</summary>
    /// <param name="failures">How many failures there were in a row, at least one.</param>
    public TimeSpan PauseAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var seconds = Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Cap.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - (Random.NextDouble() / 4)));
    }
}

/// <summary>How often each key failed in a row.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <remarks>Safe for any number of threads. Holds nothing for keys that succeed.</remarks>
public sealed class FailureCounts<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, int> _failures = new();

    /// <summary>How many keys are failing.</summary>
    public int Count => _failures.Count;

    /// <summary>Counts a failure.</summary>
    /// <param name="key">The key.</param>
    /// <returns>How many there were in a row, with this one.</returns>
    public int Add(TKey key) => _failures.AddOrUpdate(key, 1, (_, failures) => Math.Min(failures, int.MaxValue - 1) + 1);

    /// <summary>Forgets the failures of a key, because it succeeded or is gone.</summary>
    /// <param name="key">The key.</param>
    public void Reset(TKey key) => _failures.TryRemove(key, out _);
}
