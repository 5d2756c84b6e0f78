namespace Idp.Kubernetes.Controllers.Rbac;

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

    /// <summary>Everything above, spelled out.</summary>
    AllExplicit = Get | List | Watch | Create | Update | Patch | Delete,

    /// <summary>Everything that there is, as <c>*</c>.</summary>
    All = 128,

    /// <summary>Give a role to somebody without having all that it allows.</summary>
    /// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update</remarks>
    Bind = 256,
}
