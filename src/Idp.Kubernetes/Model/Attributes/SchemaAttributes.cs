namespace Idp.Kubernetes.Model.Attributes;

/// <summary>A rule in CEL that the API server checks from Kubernetes 1.25 on; the validator must refuse the same.</summary>
/// <param name="rule">The expression; it speaks of <c>self</c>, and of <c>oldSelf</c> where it forbids a change.</param>
/// <param name="message">What the user reads; it names the field.</param>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true)]
public sealed class ValidationRuleAttribute(string rule, string message) : Attribute
{
    /// <summary>The expression.</summary>
    public string Rule { get; } = rule;

    /// <summary>What the user reads.</summary>
    public string Message { get; } = message;
}

/// <summary>The field must be present; the <c>required</c> keyword says the same where it can stand.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>What the API server writes where the user wrote nothing: only for defaults that no platform changes.</summary>
/// <param name="value">A string, a number, a truth value, or a value of an enum.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultValueAttribute(object value) : Attribute
{
    /// <summary>The value.</summary>
    public object Value { get; } = value;
}

/// <summary>The string, every string of the list, or every value of the map matches this.</summary>
/// <param name="pattern">An anchored regular expression that RE2 and .NET read alike.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string pattern) : Attribute
{
    /// <summary>The regular expression.</summary>
    public string Pattern { get; } = pattern;
}

/// <summary>The string may be written as a number too, as Kubernetes allows for quantities.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IntOrStringAttribute : Attribute;

/// <summary>The least value of the number, which itself is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeMinimumAttribute(double value) : Attribute
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;
}

/// <summary>The greatest value of the number, which itself is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeMaximumAttribute(double value) : Attribute
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;
}

/// <summary>How many characters the string, every string of the list, or every value of the map may have; at least 0 writes no limit.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LengthAttribute(int minLength, int maxLength) : Attribute
{
    /// <summary>The least.</summary>
    public int MinLength { get; } = minLength;

    /// <summary>The most.</summary>
    public int MaxLength { get; } = maxLength;
}

/// <summary>How many items the list may have; at least 0 writes no limit.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int minItems, int maxItems) : Attribute
{
    /// <summary>The least.</summary>
    public int MinItems { get; } = minItems;

    /// <summary>The most.</summary>
    public int MaxItems { get; } = maxItems;
}

/// <summary>How many keys the map may have; at least 0 writes no limit.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PropertyLimitsAttribute(int minProperties, int maxProperties) : Attribute
{
    /// <summary>The least.</summary>
    public int MinProperties { get; } = minProperties;

    /// <summary>The most.</summary>
    public int MaxProperties { get; } = maxProperties;
}

/// <summary>How server-side apply merges the list.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class XListTypeAttribute(XListType type) : Attribute
{
    /// <summary>The topology.</summary>
    public XListType Type { get; } = type;
}

/// <summary>How server-side apply merges a list.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy</remarks>
public enum XListType
{
    /// <summary>As a whole.</summary>
    Atomic,

    /// <summary>Every value stands once.</summary>
    Set,

    /// <summary>Every item has a key that stands once.</summary>
    Map,
}

/// <summary>The fields, by their names in JSON, that tell the items of a map list apart.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class XListMapKeysAttribute(params string[] keys) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}
