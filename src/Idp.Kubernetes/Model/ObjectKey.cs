namespace Idp.Kubernetes.Model;

/// <summary>Names one object of a kind: what the work queue holds and a reconciler is given.</summary>
/// <param name="Namespace">The namespace, or the empty string for a cluster-scoped object.</param>
/// <param name="Name">The name of the object.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>Returns <c>namespace/name</c>, or <c>name</c> alone for a cluster-scoped object.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
