namespace Idp.Kubernetes.Model.Attributes;

/// <summary>Says which kind a type stands for; read by the CRD generator, never at run time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityAttribute : Attribute
{
    /// <summary>The API group.</summary>
    public required string Group { get; init; }

    /// <summary>The version within the group.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The kind in PascalCase.</summary>
    public required string Kind { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string PluralName { get; init; }

    /// <summary>The categories that <c>kubectl get</c> finds the kind by.</summary>
    public string[] Categories { get; init; } = [];
}
