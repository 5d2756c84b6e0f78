using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments.Server;

/// <summary>Memory that is read anew when the test says so, and sees our own writes at once, as the operator's does.</summary>
internal sealed class ServerReader(KubeClient client) : IObjectReader, IWriteObserver
{
    private static readonly ResourceKind[] Kinds =
        [.. EnvironmentSections.Kinds.Select(child => child.Resource), ApplicationEnvironment.ResourceKind];

    private readonly Dictionary<(ResourceKind Kind, ObjectKey Key), KubeObject> _objects = [];

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _objects.Clear();
        foreach (var kind in Kinds)
        {
            await foreach (var live in client.ListAsync(kind, new ListOptions(), cancellationToken))
            {
                _objects[(kind, live.Key)] = live;
            }
        }
    }

    public KubeObject? Find(ResourceKind kind, ObjectKey key) => _objects.GetValueOrDefault((kind, key));

    public IReadOnlyList<KubeObject> List(ResourceKind kind) => [.. _objects.Values.Where(live => live.Kind == kind)];

    public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
        [.. List(kind).Where(live => indexer.ValueOf(live) == value)];

    public bool IsServed(ResourceKind kind) => true;

    public void Observe(KubeObject written) => _objects[(written.Kind, written.Key)] = written;

    public void Forget(ResourceKind kind, ObjectKey key, string uid) => _objects.Remove((kind, key));
}
