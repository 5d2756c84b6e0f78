using System.Collections.Concurrent;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>A memory that knows what it was told, and nothing by itself.</summary>
internal sealed class MemoryReader : IObjectReader, IWriteObserver
{
    private readonly ConcurrentDictionary<(ResourceKind Kind, ObjectKey Key), KubeObject> _objects = new();

    public HashSet<ResourceKind> Unserved { get; } = [];

    public HashSet<ResourceKind> Complete { get; } = [];

    public bool HoldsAll(ResourceKind kind) => Complete.Contains(kind);

    public KubeObject? Find(ResourceKind kind, ObjectKey key) => _objects.GetValueOrDefault((kind, key));

    public IReadOnlyList<KubeObject> List(ResourceKind kind) => [.. _objects.Values.Where(item => item.Kind == kind)];

    public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
        [.. List(kind).Where(item => indexer.ValueOf(item) == value)];

    public bool IsServed(ResourceKind kind) => !Unserved.Contains(kind);

    public void Observe(KubeObject written) => _objects[(written.Kind, written.Key)] = written;

    public void Forget(ResourceKind kind, ObjectKey key, string uid) => _objects.TryRemove((kind, key), out _);

    public void Clear() => _objects.Clear();
}
