namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The short names that <c>kubectl</c> knows the kind by.</summary>
/// <param name="shortNames">Such as <c>bapp</c>; they must not collide with well-known ones.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityShortNamesAttribute(params string[] shortNames) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> ShortNames { get; } = shortNames;
}
