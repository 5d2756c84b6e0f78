namespace Idp.Operator.Repositories;

/// <summary>The BackendApp that a repository belongs to.</summary>
/// <param name="Uid">Its uid, which no other BackendApp ever has.</param>
/// <param name="Name">Its namespace and name, for people.</param>
public sealed record RepositoryOwner(string Uid, string Name);
