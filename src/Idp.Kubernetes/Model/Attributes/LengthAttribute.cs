namespace Idp.Kubernetes.Model.Attributes;

/// <summary>How many characters the string, every string of the list, or every value of the map may have.</summary>
/// <param name="minLength">The least; 0 writes no limit.</param>
/// <param name="maxLength">The most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LengthAttribute(int minLength, int maxLength) : Attribute
{
    /// <summary>The least.</summary>
    public int MinLength { get; } = minLength;

    /// <summary>The most.</summary>
    public int MaxLength { get; } = maxLength;
}
