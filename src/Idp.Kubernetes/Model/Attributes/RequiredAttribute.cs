namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The field must be present; the <c>required</c> keyword says the same where it can stand.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;
