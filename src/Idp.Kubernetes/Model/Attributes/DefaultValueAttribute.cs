namespace Idp.Kubernetes.Model.Attributes;

/// <summary>What the API server writes where the user wrote nothing: only for defaults that no platform changes.</summary>
/// <param name="value">A string, a number, a truth value, or a value of an enum.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultValueAttribute(object value) : Attribute
{
    /// <summary>The value.</summary>
    public object Value { get; } = value;
}
