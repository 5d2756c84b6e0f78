using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Is told of our own writes, so that the next read sees them before the watch does.</summary>
public interface IWriteObserver
{
    /// <summary>We wrote the object; this is how the server answered.</summary>
    void Observe(KubeObject written);

    /// <summary>We saw that the object with this uid is gone.</summary>
    void Forget(ResourceKind kind, ObjectKey key, string uid);
}
