using System.Text;

namespace Idp.Kubernetes.Model;

/// <summary>One kind of object as the API server serves it.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group, such as <c>v1</c>.</param>
/// <param name="Kind">The kind in PascalCase, such as <c>NetworkPolicy</c>.</param>
/// <param name="Plural">The name in URLs, such as <c>networkpolicies</c>.</param>
/// <param name="Namespaced">Whether objects of the kind live in namespaces.</param>
/// <remarks>See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris.</remarks>
public sealed record ResourceKind(string Group, string Version, string Kind, string Plural, bool Namespaced = true)
{
    /// <summary>The value of <c>apiVersion</c> in objects of this kind.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The URL path of one object, of a namespace's collection, or of the whole collection.</summary>
    /// <param name="key">Both parts empty: all objects; only the name empty: those of one namespace.</param>
    /// <param name="subresource">Such as <c>status</c>; none by default.</param>
    /// <returns>A relative path without a leading slash, each segment escaped.</returns>
    public string PathOf(ObjectKey key = default, string? subresource = null)
    {
        var path = new StringBuilder(Group.Length == 0 ? "api" : $"apis/{Group}").Append('/').Append(Version);
        if (Namespaced && !string.IsNullOrEmpty(key.Namespace))
        {
            path.Append("/namespaces/").Append(Uri.EscapeDataString(key.Namespace));
        }

        path.Append('/').Append(Plural);
        if (!string.IsNullOrEmpty(key.Name))
        {
            path.Append('/').Append(Uri.EscapeDataString(key.Name));
        }

        return subresource is null ? path.ToString() : path.Append('/').Append(subresource).ToString();
    }

    /// <summary>Returns <c>Kind.group</c>, or <c>Kind</c> alone for the core group.</summary>
    public override string ToString() => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}

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
