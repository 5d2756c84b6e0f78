using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Everything that an application is made of in the cluster, by the order in which it comes about.</summary>
internal static class Kinds
{
    public static readonly ResourceKind BackendApp = Entities.BackendApp.ResourceKind;

    public static readonly ResourceKind Environment = ApplicationEnvironment.ResourceKind;

    public static readonly ResourceKind ClusterRole = new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", Namespaced: false);

    /// <summary>What the operator makes itself.</summary>
    public static readonly IReadOnlyList<ResourceKind> Owned =
    [
        Environment,
        WellKnownKinds.Namespace,
        WellKnownKinds.ResourceQuota,
        WellKnownKinds.LimitRange,
        WellKnownKinds.NetworkPolicy,
        WellKnownKinds.RoleBinding,
        ForeignKinds.ExternalSecret,
        ForeignKinds.Cluster,
        ForeignKinds.Database,
        ForeignKinds.Table,
        ForeignKinds.Application,
    ];

    /// <summary>What Argo CD deploys from the repository.</summary>
    public static readonly IReadOnlyList<ResourceKind> Deployed =
        [ForeignKinds.Deployment, ForeignKinds.Service, ForeignKinds.Ingress];
}
