using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>What became of one object.</summary>
/// <param name="Before">As it was; null where it is new.</param>
/// <param name="After">As it is; null where it is gone.</param>
/// <param name="Initial">Whether it was there when the process began to look.</param>
internal sealed record StoreChange(KubeObject? Before, KubeObject? After, bool Initial = false)
{
    /// <summary>Whether the caller wrote it himself just now, and has not merely heard of it.</summary>
    public bool Own { get; init; }
}
