using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>The owner of a repository as the operator itself recorded or signed it; there is at most one.</summary>
/// <param name="Name">The namespace and name of the BackendApp.</param>
/// <param name="Role">What the repository is to it; null for the application's own one.</param>
public sealed record ProvenOwner(string Name, string? Role)
{
    /// <summary>Whether this is that owner.</summary>
    public bool Is(RepositoryOwner owner) => Name == owner.Name && Role == owner.Role;

    /// <summary>Finds the owner; null where nothing proves one.</summary>
    /// <remarks>
    /// An adoption that is on record overrules every signature: that of the owner before stays in the history of the repository, from
    /// where anybody who pushes can bring it back.
    /// </remarks>
    /// <param name="repository">The repository.</param>
    /// <param name="marker">What its marker file says.</param>
    /// <param name="adopter">Who adopted it last, by the operator's own record.</param>
    /// <param name="keys">The operator's keys.</param>
    internal static ProvenOwner? Find(Repository repository, RepositoryMarker? marker, string? adopter, OwnershipKeys keys)
    {
        if (adopter is not null)
        {
            return new ProvenOwner(adopter, null);
        }

        if (marker is not null && marker.IsSignedFor(repository.Id, keys))
        {
            return new ProvenOwner(marker.Owner, marker.Role);
        }

        return CreationMarker.Read(repository.Description) is { } creation && creation.IsOf(repository, keys)
            ? new ProvenOwner(creation.Owner, creation.Role)
            : null;
    }
}
