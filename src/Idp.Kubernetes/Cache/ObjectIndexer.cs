using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

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
    /// <param name="key">The label.</param>
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
