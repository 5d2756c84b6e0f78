namespace Idp.Operator.Repositories;

/// <summary>The BackendApp that a repository belongs to.</summary>
/// <param name="Uid">Its uid, which no other BackendApp ever has.</param>
/// <param name="Name">Its namespace and name, for people.</param>
/// <param name="Role">What the repository is to it; null for the application's own one.</param>
public sealed record RepositoryOwner(string Uid, string Name, string? Role = null)
{
    /// <summary>The role of the repository that holds the deployment manifests alone.</summary>
    public const string Deployment = "deployment";

    /// <summary>What is remembered and reserved for this very repository goes by this.</summary>
    public string Key => Role is null ? Uid : $"{Uid}/{Role}";

    /// <summary>The keys of all repositories that a BackendApp may have.</summary>
    public static IReadOnlyList<string> KeysOf(string uid) => [uid, $"{uid}/{Deployment}"];

    /// <summary>Whether a repository says that it is this one.</summary>
    public bool Owns(RepositoryMarker? marker) => marker is not null && marker.OwnerUid == Uid && marker.Role == Role;
}
