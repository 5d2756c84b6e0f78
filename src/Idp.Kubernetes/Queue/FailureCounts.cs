using System.Collections.Concurrent;

namespace Idp.Kubernetes.Queue;

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
