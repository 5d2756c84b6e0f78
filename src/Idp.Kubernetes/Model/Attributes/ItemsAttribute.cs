namespace Idp.Kubernetes.Model.Attributes;

/// <summary>How many items the list may have.</summary>
/// <param name="minItems">The least; 0 writes no limit.</param>
/// <param name="maxItems">The most.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int minItems, int maxItems) : Attribute
{
    /// <summary>The least.</summary>
    public int MinItems { get; } = minItems;

    /// <summary>The most.</summary>
    public int MaxItems { get; } = maxItems;
}
