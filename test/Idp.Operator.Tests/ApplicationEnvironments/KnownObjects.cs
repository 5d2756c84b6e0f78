using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>A cache that holds these objects.</summary>
internal sealed class KnownObjects(params IReadOnlyList<KubeObject> objects) : IObjectReader
{
    public KubeObject? Find(ResourceKind kind, ObjectKey key) => objects.FirstOrDefault(item => item.Kind == kind && item.Key == key);

    public IReadOnlyList<KubeObject> List(ResourceKind kind) => [.. objects.Where(item => item.Kind == kind)];

    public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
        [.. List(kind).Where(item => indexer.ValueOf(item) == value)];

    public bool IsServed(ResourceKind kind) => true;
}
