using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>The objects of one kind as far as the process knows them, and the feed of their changes.</summary>
/// <remarks>
/// <para>Guarantees: a reader sees the objects of one moment; a relist is swapped in as a whole, and what vanished
/// meanwhile is told as a deletion; what is older than what is known changes nothing; an own write or deletion is seen at
/// once and stays until the watch has come past it.</para>
/// <para>Assumptions: one watch writes, in order; own writes may come from any thread. Subscribers are called outside
/// the lock and must be quick; since they are given keys to look up, the order between two threads does not matter.</para>
/// </remarks>
internal sealed class Store(LabelSelector selector)
{
    private readonly Lock _lock = new();
    private readonly List<Action<StoreChange>> _subscribers = [];
    private readonly Tombstones _tombstones = new();
    private ObjectIndex _index = new();
    private Dictionary<ObjectKey, KubeObject>? _writtenWhileListing;
    private string _seen = "0";
    private bool _filled;

    /// <summary>How many objects there are.</summary>
    public int Count { get { lock (_lock) { return _index.Objects.Count; } } }

    /// <summary>How many events told nothing new.</summary>
    public long Dropped { get; private set; }

    /// <summary>Has every later change told; called before the watch begins.</summary>
    public void Subscribe(Action<StoreChange> subscriber) => _subscribers.Add(subscriber);

    /// <summary>Finds one object.</summary>
    public KubeObject? Find(ObjectKey key)
    {
        lock (_lock)
        {
            return _index.Find(key);
        }
    }

    /// <summary>All objects.</summary>
    public IReadOnlyList<KubeObject> All()
    {
        lock (_lock)
        {
            return [.. _index.Objects.Values];
        }
    }

    /// <summary>The objects that an indexer finds under a value.</summary>
    public IReadOnlyList<KubeObject> Of(ObjectIndexer indexer, string value)
    {
        lock (_lock)
        {
            return [.. _index.Of(indexer, value)];
        }
    }

    /// <summary>A list begins: own writes from here on may be newer than it.</summary>
    public void BeginList()
    {
        lock (_lock)
        {
            _writtenWhileListing = [];
        }
    }

    /// <summary>Puts a whole list in the place of what was known.</summary>
    public void Replace(IEnumerable<KubeObject> listed, string resourceVersion)
    {
        var index = new ObjectIndex();
        foreach (var item in listed)
        {
            index.Put(item);
        }

        Swap(index, resourceVersion);
    }

    /// <summary>Forgets everything, because the kind is not served.</summary>
    public void Clear() => Swap(new ObjectIndex(), "0");

    /// <summary>Takes in one event of the watch.</summary>
    public void Apply(WatchEvent watched)
    {
        StoreChange? change = null;
        lock (_lock)
        {
            _seen = ResourceVersions.Newer(watched.ResourceVersion, _seen);
            if (watched.Type != WatchEventType.Bookmark)
            {
                change = watched.Type == WatchEventType.Deleted ? Drop(watched.Object) : Put(watched.Object);
                Dropped += change is null ? 1 : 0;
            }
        }

        Notify(change);
    }

    /// <summary>Takes in an own write, unless the watch is past it already.</summary>
    public void Observe(KubeObject written)
    {
        StoreChange? change = null;
        lock (_lock)
        {
            if (ResourceVersions.IsNewer(written.Metadata.ResourceVersion, _seen))
            {
                change = selector.Matches(written.Metadata.Labels) ? Put(written) : Drop(written);
                if (_writtenWhileListing is not null && change is not null)
                {
                    _writtenWhileListing[written.Key] = written;
                }
            }
        }

        Notify(change is null ? null : change with { Own = true });
    }

    /// <summary>Drops an object that was seen to be gone, unless there is another of its name.</summary>
    public void Forget(ObjectKey key, string uid)
    {
        StoreChange? change = null;
        lock (_lock)
        {
            if (_index.Find(key) is { } known && known.Metadata.Uid == uid)
            {
                _index.Remove(key);
                _writtenWhileListing?.Remove(key);
                _tombstones.Add(known);
                change = new StoreChange(known, null);
            }
        }

        Notify(change is null ? null : change with { Own = true });
    }

    private StoreChange? Put(KubeObject item)
    {
        var known = _index.Find(item.Key);
        if (_tombstones.Covers(item)
            || (known is not null && !ResourceVersions.IsNewer(item.Metadata.ResourceVersion, known.Metadata.ResourceVersion)))
        {
            return null;
        }

        _index.Put(item);
        return new StoreChange(known, item);
    }

    private StoreChange? Drop(KubeObject item)
    {
        _tombstones.Confirm(item);
        var known = _index.Find(item.Key);

        // A deletion carries the version at which it happened; an object made anew under the name has a later one.
        if (known is null || ResourceVersions.IsOlder(item.Metadata.ResourceVersion, known.Metadata.ResourceVersion))
        {
            return null;
        }

        _index.Remove(item.Key);
        return new StoreChange(known, null);
    }

    private void Swap(ObjectIndex index, string resourceVersion)
    {
        List<StoreChange> changes = [];
        lock (_lock)
        {
            foreach (var written in _writtenWhileListing?.Values ?? Enumerable.Empty<KubeObject>())
            {
                if (ResourceVersions.IsNewer(written.Metadata.ResourceVersion, resourceVersion))
                {
                    index.Remove(written.Key);
                    if (selector.Matches(written.Metadata.Labels))
                    {
                        index.Put(written);
                    }
                }
            }

            _tombstones.RemoveFrom(index, resourceVersion);
            var before = _index.Objects;
            changes.AddRange(before.Values
                .Where(known => index.Find(known.Key) is null)
                .Select(known => new StoreChange(known, null)));
            changes.AddRange(index.Objects.Values
                .Where(item => !IsSame(before.GetValueOrDefault(item.Key), item))
                .Select(item => new StoreChange(before.GetValueOrDefault(item.Key), item, Initial: !_filled)));
            (_index, _seen, _filled, _writtenWhileListing) = (index, resourceVersion, true, null);
        }

        changes.ForEach(Notify);
    }

    private static bool IsSame(KubeObject? known, KubeObject item) =>
        known is not null
        && known.Metadata.Uid == item.Metadata.Uid
        && known.Metadata.ResourceVersion == item.Metadata.ResourceVersion;

    private void Notify(StoreChange? change)
    {
        if (change is not null)
        {
            _subscribers.ForEach(subscriber => subscriber(change));
        }
    }
}

/// <summary>What became of one object.</summary>
/// <param name="Before">As it was; null where it is new.</param>
/// <param name="After">As it is; null where it is gone.</param>
/// <param name="Initial">Whether it was there when the process began to look.</param>
internal sealed record StoreChange(KubeObject? Before, KubeObject? After, bool Initial = false)
{
    /// <summary>Whether the caller wrote it himself just now, and has not merely heard of it.</summary>
    public bool Own { get; init; }
}
