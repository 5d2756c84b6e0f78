namespace Idp.Operator.Settings;

/// <summary>The Argo CD that deploys.</summary>
public sealed record ArgoCdSettings
{
    /// <summary>The namespace that Argo CD reads Applications from.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary>
    /// The project of an Application, from <c>{team}</c> and <c>{namespace}</c> (the BackendApp's own); if empty, the operator makes one for
    /// each namespace.
    /// </summary>
    public string Project { get; init; } = "";

    /// <summary>The API server of the cluster that is deployed to, as Argo CD knows it.</summary>
    public string DestinationServer { get; init; } = "https://kubernetes.default.svc";

    /// <summary>By what Argo CD reads private repositories; none where somebody else sees to that.</summary>
    public IReadOnlyList<RepositoryCredentialSettings> RepositoryCredentials { get; init; } = [];
}

/// <summary>The credentials by which Argo CD reads the repositories of one owner.</summary>
/// <remarks>https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/</remarks>
public sealed record RepositoryCredentialSettings
{
    /// <summary>The organisation or user on GitHub.</summary>
    public required string Owner { get; init; }

    /// <summary>The GitHub App that Argo CD reads as; null where the secret is a token.</summary>
    public RepositoryAppSettings? App { get; init; }

    /// <summary>The key in the secret store: of the App's private key as PEM, or of the token.</summary>
    public required string RemoteKey { get; init; }

    /// <summary>The property of that key which holds it; the whole value if not set.</summary>
    public string? Property { get; init; }
}

/// <summary>The GitHub App that Argo CD reads repositories as; better another one than the operator's, which may write.</summary>
public sealed record RepositoryAppSettings
{
    /// <summary>The App's id, in quotes; Argo CD does not take the client id.</summary>
    public required string Id { get; init; }

    /// <summary>The number of its installation in the owner.</summary>
    public required long InstallationId { get; init; }
}
