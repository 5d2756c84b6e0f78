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
