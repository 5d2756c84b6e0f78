using System.Diagnostics.CodeAnalysis;

namespace Idp.Kubernetes.Queue;

/// <summary>Remembers something about each key, for so long after it was noted last, and of so many keys at most.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <remarks>
/// What has faded is let go by itself, whether anybody asks or not: what is gone from the cluster leaves nothing behind. Where there are
/// too many all are forgotten, so it is only for what costs little to learn again. Safe for any number of threads.
/// </remarks>
/// <param name="lifetime">How long; what is let go is so after twice as long at the latest.</param>
/// <param name="most">How many keys.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class ExpiringCache<TKey, TValue>(TimeSpan lifetime, int most, TimeProvider clock)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (TValue Value, long At)> _entries = [];
    private bool _isFading;

    /// <summary>How many keys are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>What is remembered of a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            var isThere = _entries.TryGetValue(key, out var entry) && clock.GetElapsedTime(entry.At) < lifetime;
            value = isThere ? entry.Value : default;
            return isThere;
        }
    }

    /// <summary>Remembers something of a key, from now on.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_entries.Count >= most)
            {
                _entries.Clear();
            }

            _entries[key] = (value, clock.GetTimestamp());
            if (_isFading)
            {
                return;
            }

            _isFading = true;
        }

        _ = FadeAsync();
    }

    /// <summary>Forgets a key.</summary>
    public void Remove(TKey key)
    {
        lock (_lock)
        {
            _entries.Remove(key);
        }
    }

    // Sleeps only while there is something to forget.
    private async Task FadeAsync()
    {
        do
        {
            await Task.Delay(lifetime, clock);
        }
        while (IsLeft());
    }

    private bool IsLeft()
    {
        lock (_lock)
        {
            foreach (var (key, entry) in _entries)
            {
                if (clock.GetElapsedTime(entry.At) >= lifetime)
                {
                    _entries.Remove(key);
                }
            }

            return _isFading = _entries.Count > 0;
        }
    }
}
