namespace Idp.GitHub;

/// <summary>A GitHub App, and the place where it is installed.</summary>
/// <remarks>See <see href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/about-authentication-with-a-github-app"/>.</remarks>
public sealed record GitHubAppInstallation
{
    /// <summary>The App's id, such as <c>12345</c>, or its client id.</summary>
    public required string AppId { get; init; }

    /// <summary>The file of the App's private key, as PEM (PKCS#1 or PKCS#8); read again for each use.</summary>
    public required string PrivateKeyFile { get; init; }

    /// <summary>The organisation or user that has installed the App.</summary>
    public required string Owner { get; init; }

    /// <summary>The number of the installation; null to look it up by <see cref="Owner"/>.</summary>
    public long? InstallationId { get; init; }
}
