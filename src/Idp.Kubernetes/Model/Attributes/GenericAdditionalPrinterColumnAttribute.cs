namespace Idp.Kubernetes.Model.Attributes;

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
