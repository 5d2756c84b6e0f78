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

/// <summary>The short names that <c>kubectl</c> knows the kind by.</summary>
/// <param name="shortNames">Such as <c>bapp</c>; they must not collide with well-known ones.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityShortNamesAttribute(params string[] shortNames) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> ShortNames { get; } = shortNames;
}

/// <summary>One column of <c>kubectl get</c>, in the order of the attributes.</summary>
/// <param name="jsonPath">Where the value stands.</param>
/// <param name="name">The column's heading.</param>
/// <param name="type">The OpenAPI type, such as <c>string</c> or <c>date</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GenericAdditionalPrinterColumnAttribute(string jsonPath, string name, string type) : Attribute
{
    /// <summary>Where the value stands.</summary>
    public string JsonPath { get; } = jsonPath;

    /// <summary>The column's heading.</summary>
    public string Name { get; } = name;

    /// <summary>The OpenAPI type.</summary>
    public string Type { get; } = type;

    /// <summary>What the column tells.</summary>
    public string? Description { get; init; }

    /// <summary>0: always shown; more: only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }
}
