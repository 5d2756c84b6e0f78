using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Looks at an environment's world in memory: it asks no server and changes nothing.</summary>
internal sealed class ApplicationEnvironmentObserver(IObjectReader reader)
{
    /// <summary>The kinds that an environment is made of; each needs an informer.</summary>
    public static IReadOnlyList<ResourceKind> Kinds { get; } =
    [
        WellKnownKinds.Namespace,
        WellKnownKinds.ResourceQuota,
        WellKnownKinds.LimitRange,
        WellKnownKinds.NetworkPolicy,
        WellKnownKinds.RoleBinding,
        ChildKinds.ExternalSecret,
        ChildKinds.Cluster,
        ChildKinds.Database,
        ChildKinds.Table,
        ChildKinds.Application,
    ];

    private static readonly ObjectIndexer ByEnvironment = ObjectIndexer.Label(Labels.Environment);

    /// <summary>What is there now, our own last writes included.</summary>
    public Observation Observe(ApplicationEnvironment entity)
    {
        var home = reader.Find(WellKnownKinds.Namespace, new ObjectKey("", entity.Metadata.Namespace ?? ""));
        return new Observation
        {
            Owned = [.. Kinds.SelectMany(kind => OwnedOf(kind, entity))],
            Migrations = entity.Spec.Database is { Tables.Count: > 0 }
                ? reader.List(ChildKinds.Migration, ObjectIndexer.Namespace, entity.TargetNamespace)
                : [],
            Credentials = reader.List(ChildKinds.ExternalSecret, RepositoryCredentials.Index, RepositoryCredentials.Purpose),
            OwnSources = RepositoryUse.OwnSources(entity, reader),
            HostHolder = HostUse.Holder(entity, reader),
            ForeignRepositoryOwner = RepositoryUse.ForeignOwner(entity, reader),
            Home = Grants.MayHoldManifests(home),
            Team = home?.Metadata.Labels.GetValueOrDefault(Labels.Team),
        };
    }

    private IEnumerable<KubeObject> OwnedOf(ResourceKind kind, ApplicationEnvironment entity) => reader
        .List(kind, ByEnvironment, entity.Metadata.Name)
        .Where(live => live.Metadata.Labels.GetValueOrDefault(Labels.EnvironmentNamespace) == entity.Metadata.Namespace && IsWithin(live, entity));

    // Anybody may put our labels on an object of his own; what lies in another namespace is nobody's for that.
    private static bool IsWithin(KubeObject live, ApplicationEnvironment entity) =>
        live.Kind == ChildKinds.Application || live.Key.Namespace is "" || live.Key.Namespace == (entity.Status.Namespace ?? entity.TargetNamespace);
}
