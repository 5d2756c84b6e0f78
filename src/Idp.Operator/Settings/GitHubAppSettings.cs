namespace Idp.Operator.Settings;

/// <summary>The GitHub App that the operator works as.</summary>
/// <remarks>https://docs.github.com/en/apps/creating-github-apps</remarks>
public sealed record GitHubAppSettings
{
    /// <summary>The App's id, in quotes, or its client id.</summary>
    public required string Id { get; init; }

    /// <summary>The file that holds the App's private key as PEM; read again for each new token.</summary>
    public required string PrivateKeyFile { get; init; }

    /// <summary>The number of the one installation to use for every owner; null to find that of each owner.</summary>
    public long? InstallationId { get; init; }
}
