namespace Idp.GitHub;

/// <summary>What a team may do in a repository; each permission holds those above it in this list.</summary>
/// <remarks>See <see href="https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization"/>.</remarks>
public enum TeamPermission
{
    /// <summary>Read it.</summary>
    Pull,

    /// <summary>Manage issues and pull requests as well.</summary>
    Triage,

    /// <summary>Push to it as well.</summary>
    Push,

    /// <summary>Manage it, without what is dangerous.</summary>
    Maintain,

    /// <summary>Everything, deleting it included.</summary>
    Admin,
}
