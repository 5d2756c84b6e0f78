using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">From where a watch goes on without a gap.</param>
/// <param name="Continue">The token of the next page; null on the last one.</param>
public sealed record KubeList(IReadOnlyList<KubeObject> Items, string ResourceVersion, string? Continue);
