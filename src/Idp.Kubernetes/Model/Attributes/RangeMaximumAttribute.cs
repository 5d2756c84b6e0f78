namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The greatest value of the number.</summary>
/// <param name="value">The value itself is allowed.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeMaximumAttribute(double value) : Attribute
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;
}
