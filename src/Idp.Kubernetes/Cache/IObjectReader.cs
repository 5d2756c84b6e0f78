using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Reads objects from memory: what the watches have brought, with our own writes over it.</summary>
/// <remarks>
/// Never asks the server. A kind is seen only as far as its informer selects (by label), so that an object which is
/// not found here may still exist: who is about to create one asks the server first.
/// </remarks>
public interface IObjectReader
{
    /// <summary>Finds one object; null where none is known.</summary>
    KubeObject? Find(ResourceKind kind, ObjectKey key);

    /// <summary>Lists the objects of a kind that carry a label.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="labelKey">The label.</param>
    /// <param name="labelValue">Its value.</param>
    IReadOnlyList<KubeObject> List(ResourceKind kind, string labelKey, string labelValue);

    /// <summary>Lists the objects of a kind in one namespace.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="inNamespace">The namespace; empty for all namespaces and for cluster-scoped kinds.</param>
    IReadOnlyList<KubeObject> List(ResourceKind kind, string inNamespace);

    /// <summary>Whether the server serves the kind; false only where it is known not to.</summary>
    bool IsServed(ResourceKind kind);
}
