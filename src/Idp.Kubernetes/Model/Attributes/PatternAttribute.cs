namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The string, every string of the list, or every value of the map matches this.</summary>
/// <param name="pattern">An anchored regular expression that RE2 and .NET read alike.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string pattern) : Attribute
{
    /// <summary>The regular expression.</summary>
    public string Pattern { get; } = pattern;
}
