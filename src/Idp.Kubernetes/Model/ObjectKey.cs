namespace Idp.Kubernetes.Model;

/// <summary>Names one object of a kind: what the work queue holds and a reconciler is given.</summary>
/// <param name="Namespace">The namespace, or the empty string for a cluster-scoped object.</param>
/// <param name="Name">The name of the object.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>Returns <c>namespace/name</c>, or <c>name</c> alone for a cluster-scoped object.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}

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
    public static ObjectReference To(ResourceKind kind, ObjectMeta metadata) =>
        new ObjectReference(kind.ApiVersion, kind.Kind, metadata.Namespace ?? "", metadata.Name, metadata.Uid);
}
