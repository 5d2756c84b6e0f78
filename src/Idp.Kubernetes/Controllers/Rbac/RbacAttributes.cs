namespace Idp.Kubernetes.Controllers.Rbac;

/// <summary>What a controller needs to do with entities; the operator's role is generated from it.</summary>
/// <param name="entities">The entity types.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class EntityRbacAttribute(params Type[] entities) : Attribute
{
    /// <summary>The entity types.</summary>
    public IReadOnlyList<Type> Entities { get; } = entities;

    /// <summary>What is done with the entities themselves.</summary>
    public RbacVerb Verbs { get; init; }

    /// <summary>What is done with their status subresource.</summary>
    public RbacVerb StatusVerbs { get; init; }
}

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

/// <summary>What an operator may do with a resource.</summary>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb</remarks>
[Flags]
public enum RbacVerb
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read one object.</summary>
    Get = 1,

    /// <summary>Read a collection.</summary>
    List = 2,

    /// <summary>Follow a collection.</summary>
    Watch = 4,

    /// <summary>Make an object, by apply too.</summary>
    Create = 8,

    /// <summary>Replace an object.</summary>
    Update = 16,

    /// <summary>Change an object, by apply too.</summary>
    Patch = 32,

    /// <summary>Remove an object.</summary>
    Delete = 64,

    /// <summary>Everything that there is, as <c>*</c>.</summary>
    All = 128,

    /// <summary>Give a role to somebody without having all that it allows.</summary>
    /// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update</remarks>
    Bind = 256,
}
