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
        [.. ApplicationEnvironmentObserver.Kinds, ChildKinds.Migration, ApplicationEnvironment.ResourceKind];

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

    public IReadOnlyList<KubeObject> List(ResourceKind kind, string labelKey, string labelValue) =>
        [.. Of(kind).Where(live => live.Metadata.Labels.GetValueOrDefault(labelKey) == labelValue)];

    public IReadOnlyList<KubeObject> List(ResourceKind kind, string inNamespace) =>
        [.. Of(kind).Where(live => inNamespace.Length == 0 || live.Key.Namespace == inNamespace)];

    public bool IsServed(ResourceKind kind) => true;

    public void Observe(KubeObject written) => _objects[(written.Kind, written.Key)] = written;

    public void Forget(ResourceKind kind, ObjectKey key, string uid) => _objects.Remove((kind, key));

    private IEnumerable<KubeObject> Of(ResourceKind kind) => _objects.Values.Where(live => live.Kind == kind);
}
