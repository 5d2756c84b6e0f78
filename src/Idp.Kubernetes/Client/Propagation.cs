namespace Idp.Kubernetes.Client;

/// <summary>What happens to what a deleted object owns.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion</remarks>
public enum Propagation
{
    /// <summary>It is deleted afterwards.</summary>
    Background,

    /// <summary>It is deleted first, and the object stays until it is gone.</summary>
    Foreground,

    /// <summary>It stays.</summary>
    Orphan,
}
