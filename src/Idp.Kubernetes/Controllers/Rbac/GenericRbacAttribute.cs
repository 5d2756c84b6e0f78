namespace Idp.Kubernetes.Controllers.Rbac;

/// <summary>What a controller needs to do with resources that have no type here; the operator's role is generated from it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GenericRbacAttribute : Attribute
{
    /// <summary>The API groups; the core group is the empty string.</summary>
    public string[] Groups { get; init; } = [];

    /// <summary>The resources by their plural, subresources after a slash.</summary>
    public string[] Resources { get; init; } = [];

    /// <summary>The names to which the rule is confined; none for all.</summary>
    public string[] ResourceNames { get; init; } = [];

    /// <summary>Whether only the operator's own namespace is meant.</summary>
    public bool InOwnNamespace { get; init; }

    /// <summary>Paths that are no resources.</summary>
    public string[] Urls { get; init; } = [];

    /// <summary>What is done with them.</summary>
    public RbacVerb Verbs { get; init; }
}
