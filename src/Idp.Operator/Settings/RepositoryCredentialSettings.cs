namespace Idp.Operator.Settings;

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
