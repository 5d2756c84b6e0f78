namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The OpenAPI format of the string, such as <c>date-time</c>.</summary>
/// <param name="format">A format that the API server knows.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormatAttribute(string format) : Attribute
{
    /// <summary>The format.</summary>
    public string Format { get; } = format;
}
