namespace Idp.Kubernetes.Model;

/// <summary>
/// One object that an owner has made elsewhere: enough to find it again, delete it, and know that it is the same one.
/// </summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version that the object was written in.</param>
/// <param name="Kind">The kind in PascalCase.</param>
/// <param name="Plural">The name of the kind in URLs.</param>
/// <param name="Namespace">The namespace; empty for a cluster-scoped object.</param>
/// <param name="Name">The name of the object.</param>
/// <param name="Uid">The object's uid: one of another uid is somebody else's.</param>
/// <param name="Retain">Whether pruning and deletion leave the object where it is.</param>
public sealed record InventoryItem(
    string Group,
    string Version,
    string Kind,
    string Plural,
    string Namespace,
    string Name,
    string Uid,
    bool Retain);
