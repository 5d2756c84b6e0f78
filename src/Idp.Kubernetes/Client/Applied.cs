using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>What an apply left behind.</summary>
/// <param name="Object">The object as it is now.</param>
/// <param name="Created">Whether it did not exist before.</param>
public sealed record Applied(KubeObject Object, bool Created);
