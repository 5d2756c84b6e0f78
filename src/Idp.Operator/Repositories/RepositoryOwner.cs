namespace Idp.Operator.Repositories;

/// <summary>The BackendApp that a repository belongs to.</summary>
/// <param name="Uid">Its uid, by which it is remembered in memory; a restored one has another.</param>
/// <param name="Name">Its namespace and name, by which its repositories are known again.</param>
/// <param name="Role">What the repository is to it; null for the application's own one.</param>
public sealed record RepositoryOwner(string Uid, string Name, string? Role = null)
{
    /// <summary>The role of the repository that holds the deployment manifests alone.</summary>
    public const string Deployment = "deployment";

    /// <summary>What is remembered and reserved for this very repository goes by this.</summary>
    public string Key => Role is null ? Uid : $"{Uid}/{Role}";

    /// <summary>The keys of all repositories that a BackendApp may have.</summary>
    public static IReadOnlyList<string> KeysOf(string uid) => [uid, $"{uid}/{Deployment}"];
}
