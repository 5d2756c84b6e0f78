namespace Idp.Kubernetes.Model;

/// <summary>Points at one object, as an event does at what it is about.</summary>
/// <param name="ApiVersion">The object's group and version.</param>
/// <param name="Kind">The object's kind.</param>
/// <param name="Namespace">The object's namespace; empty for a cluster-scoped object.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Uid">The object's uid.</param>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-reference/</remarks>
public sealed record ObjectReference(string ApiVersion, string Kind, string Namespace, string Name, string Uid)
{
    /// <summary>Points at an object.</summary>
    public static ObjectReference To(ResourceKind kind, ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(metadata);
        return new ObjectReference(kind.ApiVersion, kind.Kind, metadata.Namespace ?? "", metadata.Name, metadata.Uid);
    }

    /// <summary>Points at an object.</summary>
    public static ObjectReference To(KubeObject target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return To(target.Kind, target.Metadata);
    }
}
