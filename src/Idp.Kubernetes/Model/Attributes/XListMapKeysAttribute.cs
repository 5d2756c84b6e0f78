namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The fields that tell the items of a map list apart.</summary>
/// <param name="keys">Their names in JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class XListMapKeysAttribute(params string[] keys) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}
