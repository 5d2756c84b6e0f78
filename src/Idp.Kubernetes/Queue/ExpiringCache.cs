using System.Diagnostics.CodeAnalysis;

namespace Idp.Kubernetes.Queue;

/// <summary>Remembers something about each key, for so long after it was noted last, and of so many keys at most.</summary>
/// <remarks>
/// What has expired is let go by itself, at the latest after twice its lifetime, whether anybody asks or not: what is gone from the cluster
/// leaves nothing behind. Where there are too many all are forgotten, so it is only for what costs little to learn again. Safe for any
/// number of threads.
/// </remarks>
internal sealed class ExpiringCache<TKey, TValue>(TimeSpan lifetime, int most, TimeProvider clock)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (TValue Value, long At)> _entries = [];
    private bool _isExpiring;

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

    /// <summary>What is remembered of a key, or else what is made for it; it is remembered from now on.</summary>
    public TValue Touch(TKey key, Func<TValue> create)
    {
        var value = TryGet(key, out var known) ? known : create();
        Set(key, value);
        return value;
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
            if (_isExpiring)
            {
                return;
            }

            _isExpiring = true;
        }

        _ = ExpireAsync();
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
    private async Task ExpireAsync()
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

            return _isExpiring = _entries.Count > 0;
        }
    }
}
