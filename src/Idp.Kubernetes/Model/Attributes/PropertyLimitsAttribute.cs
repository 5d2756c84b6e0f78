namespace Idp.Kubernetes.Model.Attributes;

/// <summary>How many keys the map may have.</summary>
/// <param name="minProperties">The least; 0 writes no limit.</param>
/// <param name="maxProperties">The most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PropertyLimitsAttribute(int minProperties, int maxProperties) : Attribute
{
    /// <summary>The least.</summary>
    public int MinProperties { get; } = minProperties;

    /// <summary>The most.</summary>
    public int MaxProperties { get; } = maxProperties;
}
