namespace Idp.Kubernetes.Model.Attributes;

/// <summary>The string may be written as a number too, as Kubernetes allows for quantities.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IntOrStringAttribute : Attribute;
