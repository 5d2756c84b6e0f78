namespace Idp.Sandbox.GitHub;

/// <summary>A GitHub App as a <see cref="GitHubServer"/> knows it.</summary>
public sealed record GitHubServerApp
{
    /// <summary>The App's id.</summary>
    public long Id { get; init; } = 12345;

    /// <summary>The App's client id, which may stand in its signed texts instead of the id.</summary>
    public string ClientId { get; init; } = "Iv23liSandboxSandbox";

    /// <summary>The public half of the App's key, as PEM.</summary>
    public required string PublicKeyPem { get; init; }

    /// <summary>The organisations and users that have installed it, and the number of each installation.</summary>
    public IReadOnlyDictionary<string, long> Installations { get; init; } = new Dictionary<string, long>();

    /// <summary>How long a token lives.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a token is refused after it was made, as by those of GitHub's servers that have not heard of it.</summary>
    public TimeSpan ReplicationLag { get; init; }
}
