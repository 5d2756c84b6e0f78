using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Reads objects from memory: what the watches have brought, with our own writes over it.</summary>
/// <remarks>
/// Never asks the server. A kind is seen only as far as its informer selects (by label), so that an object which is
/// not found here may still exist, unless <see cref="HoldsAll"/>: who is about to create one asks the server first.
/// </remarks>
public interface IObjectReader
{
    /// <summary>Finds one object; null where none is known.</summary>
    KubeObject? Find(ResourceKind kind, ObjectKey key);

    /// <summary>Lists all objects of a kind, in the order of their keys.</summary>
    /// <remarks>Looks at every object: not for what is asked once per object.</remarks>
    IReadOnlyList<KubeObject> List(ResourceKind kind);

    /// <summary>Lists the objects of a kind that an indexer finds under a value, in the order of their keys.</summary>
    IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value);

    /// <summary>Whether every object of the kind is seen, and not only those that a selector picks.</summary>
    bool HoldsAll(ResourceKind kind) => false;

    /// <summary>Whether the server serves the kind; false only where it is known not to.</summary>
    bool IsServed(ResourceKind kind);
}

/// <summary>Is told of our own writes, so that the next read sees them before the watch does.</summary>
public interface IWriteObserver
{
    /// <summary>We wrote the object; this is how the server answered.</summary>
    void Observe(KubeObject written);

    /// <summary>We saw that the object with this uid is gone.</summary>
    void Forget(ResourceKind kind, ObjectKey key, string uid);
}
