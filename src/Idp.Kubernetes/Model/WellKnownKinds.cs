namespace Idp.Kubernetes.Model;

/// <summary>The kinds that every API server serves, as far as operators meet them.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api</remarks>
public static class WellKnownKinds
{
    /// <summary>A namespace.</summary>
    public static ResourceKind Namespace { get; } = new("", "v1", "Namespace", "namespaces", Namespaced: false);

    /// <summary>What a namespace may use in all.</summary>
    public static ResourceKind ResourceQuota { get; } = new("", "v1", "ResourceQuota", "resourcequotas");

    /// <summary>What a container in a namespace uses by default.</summary>
    public static ResourceKind LimitRange { get; } = new("", "v1", "LimitRange", "limitranges");

    /// <summary>The identity of a workload.</summary>
    public static ResourceKind ServiceAccount { get; } = new("", "v1", "ServiceAccount", "serviceaccounts");

    /// <summary>A secret.</summary>
    public static ResourceKind Secret { get; } = new("", "v1", "Secret", "secrets");

    /// <summary>Plain settings.</summary>
    public static ResourceKind ConfigMap { get; } = new("", "v1", "ConfigMap", "configmaps");

    /// <summary>A network address of a workload.</summary>
    public static ResourceKind Service { get; } = new("", "v1", "Service", "services");

    /// <summary>Who may talk to whom.</summary>
    public static ResourceKind NetworkPolicy { get; } =
        new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");

    /// <summary>A role that somebody holds in a namespace.</summary>
    public static ResourceKind RoleBinding { get; } =
        new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings");

    /// <summary>What leader election and heartbeats are built on.</summary>
    public static ResourceKind Lease { get; } = new("coordination.k8s.io", "v1", "Lease", "leases");

    /// <summary>What happened to an object, for people.</summary>
    public static ResourceKind Event { get; } = new("events.k8s.io", "v1", "Event", "events");

    /// <summary>A replicated workload.</summary>
    public static ResourceKind Deployment { get; } = new("apps", "v1", "Deployment", "deployments");

    /// <summary>The definition of another kind.</summary>
    public static ResourceKind CustomResourceDefinition { get; } = new(
        "apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", Namespaced: false);
}
