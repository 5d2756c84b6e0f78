using System.Globalization;

namespace Idp.Operator.Repositories;

/// <summary>What the operator signs, so that a repository whose id is not written down anywhere is known again.</summary>
/// <remarks>
/// Bound to the namespace and name of the BackendApp and not to its uid: a cluster that was restored from a backup has new
/// uids. Bound to the number of the repository, which GitHub gives and nobody can choose: a copy proves nothing elsewhere.
/// </remarks>
internal static class OwnershipSeal
{
    /// <summary>The signature in the marker of a repository.</summary>
    public static string OfRepository(OwnershipKeys keys, RepositoryOwner owner, long id) => keys.Sign(Repository(owner, id));

    /// <summary>Whether the operator signed that this repository is that owner's.</summary>
    public static bool IsOfRepository(OwnershipKeys keys, RepositoryOwner owner, long id, string? signature) =>
        keys.Verify(signature, Repository(owner, id));

    /// <summary>The signature in the request that creates a repository.</summary>
    public static string OfRequest(OwnershipKeys keys, RepositoryOwner owner, string fullName, DateTimeOffset at) =>
        keys.Sign(Request(owner, fullName, at));

    /// <summary>Whether the operator asked for a repository of that name at that time for that owner.</summary>
    public static bool IsOfRequest(OwnershipKeys keys, RepositoryOwner owner, string fullName, DateTimeOffset at, string? signature) =>
        keys.Verify(signature, Request(owner, fullName, at));

    private static string[] Repository(RepositoryOwner owner, long id) =>
        ["idp/v1/repository", id.ToString(CultureInfo.InvariantCulture), owner.Role ?? "", owner.Name];

    // GitHub takes upper and lower case for the same name.
    private static string[] Request(RepositoryOwner owner, string fullName, DateTimeOffset at) =>
        ["idp/v1/request", fullName.ToLowerInvariant(), at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), owner.Role ?? "", owner.Name];
}
