using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Objects by key, and by every question that was asked of them. Not safe for several threads.</summary>
internal sealed class ObjectIndex
{
    private readonly Dictionary<ObjectKey, KubeObject> _objects = [];
    private readonly Dictionary<ObjectIndexer, Dictionary<string, Bucket>> _indices = [];

    public IReadOnlyDictionary<ObjectKey, KubeObject> Objects => _objects;

    public KubeObject? Find(ObjectKey key) => _objects.GetValueOrDefault(key);

    /// <summary>The objects that an indexer finds under a value.</summary>
    public IReadOnlyCollection<KubeObject> Of(ObjectIndexer indexer, string value)
    {
        if (!_indices.TryGetValue(indexer, out var index))
        {
            _indices.Add(indexer, index = []);
            foreach (var item in _objects.Values)
            {
                Into(indexer, index, item);
            }
        }

        return index.TryGetValue(value, out var bucket) ? bucket.Objects : [];
    }

    public void Put(KubeObject added)
    {
        Remove(added.Key);
        _objects.Add(added.Key, added);
        foreach (var (indexer, index) in _indices)
        {
            Into(indexer, index, added);
        }
    }

    public void Remove(ObjectKey key)
    {
        if (!_objects.Remove(key, out var removed))
        {
            return;
        }

        foreach (var (indexer, index) in _indices)
        {
            From(indexer, index, removed);
        }
    }

    private static void Into(ObjectIndexer indexer, Dictionary<string, Bucket> index, KubeObject added)
    {
        if (indexer.ValueOf(added) is { } value)
        {
            index[value] = index.TryGetValue(value, out var bucket) ? bucket.With(added) : new Bucket(added, null);
        }
    }

    private static void From(ObjectIndexer indexer, Dictionary<string, Bucket> index, KubeObject removed)
    {
        if (indexer.ValueOf(removed) is not { } value)
        {
            return;
        }

        if (index[value].Without(removed.Key) is { } left)
        {
            index[value] = left;
        }
        else
        {
            index.Remove(value);
        }
    }

    /// <summary>What lies under one value: mostly one object, for which a dictionary would be too much.</summary>
    private readonly record struct Bucket(KubeObject? Only, Dictionary<ObjectKey, KubeObject>? Many)
    {
        public IReadOnlyCollection<KubeObject> Objects => Only is not null ? [Only] : Many!.Values;

        public Bucket With(KubeObject added)
        {
            var many = Many ?? new Dictionary<ObjectKey, KubeObject> { [Only!.Key] = Only };
            many.Add(added.Key, added);
            return new Bucket(null, many);
        }

        public Bucket? Without(ObjectKey key)
        {
            if (Many is null)
            {
                return null;
            }

            Many.Remove(key);
            return Many.Count > 0 ? this : null;
        }
    }
}

/// <summary>A question that is asked of a kind's objects again and again, and answered without looking at all of them.</summary>
/// <remarks>
/// An index is built when its question is asked for the first time and kept from then on, so one that nobody asks costs
/// nothing. Indexers that are equal share an index. Comparable to client-go's indexers
/// (https://pkg.go.dev/k8s.io/client-go/tools/cache#Indexer).
/// </remarks>
public abstract record ObjectIndexer
{
    /// <summary>By namespace.</summary>
    public static ObjectIndexer Namespace { get; } = new NamespaceIndexer();

    /// <summary>By the uid of the owner that controls the object.</summary>
    public static ObjectIndexer ControllerUid { get; } = new ControllerIndexer();

    /// <summary>By the value of a label.</summary>
    public static ObjectIndexer Label(string key) => new LabelIndexer(key);

    /// <summary>The value under which an object is found; null where it is not found at all.</summary>
    /// <param name="item">The object. Called under the store's lock: look at it alone, and do not throw.</param>
    public abstract string? ValueOf(KubeObject item);

    private sealed record NamespaceIndexer : ObjectIndexer
    {
        public override string ValueOf(KubeObject item) => item.Key.Namespace;
    }

    private sealed record ControllerIndexer : ObjectIndexer
    {
        public override string? ValueOf(KubeObject item) => item.Metadata.ControllerOwner?.Uid;
    }

    private sealed record LabelIndexer(string LabelKey) : ObjectIndexer
    {
        public override string? ValueOf(KubeObject item) => item.Metadata.Labels.GetValueOrDefault(LabelKey);
    }
}
