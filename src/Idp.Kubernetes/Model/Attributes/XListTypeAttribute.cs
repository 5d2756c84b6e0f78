namespace Idp.Kubernetes.Model.Attributes;

/// <summary>How server-side apply merges the list.</summary>
/// <param name="type">The topology.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class XListTypeAttribute(XListType type) : Attribute
{
    /// <summary>The topology.</summary>
    public XListType Type { get; } = type;
}
