namespace Idp.Sandbox.GitHub;

/// <summary>What a <see cref="GitHubServer"/> is started with.</summary>
public sealed record GitHubServerOptions
{
    /// <summary>
    /// The folder for repositories, their state and the request log; what is in it already is served again.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>The one token that is let in.</summary>
    public required string Token { get; init; }

    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The organisations that exist.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = ["acme"];

    /// <summary>The default branch of new repositories.</summary>
    public string DefaultBranch { get; init; } = "main";

    /// <summary>
    /// Whether <c>git clone</c> needs no token even for private repositories. GitHub knows no such thing: it is there
    /// so that one can look into a laptop's sandbox without setting up credentials. Pushing always needs the token.
    /// </summary>
    public bool AnonymousRead { get; init; } = true;

    /// <summary>The limits that are enforced; null for none, as GitHub Enterprise Server is installed.</summary>
    public GitHubServerLimits? Limits { get; init; }

    /// <summary>The hourly limit that answers show while none is enforced; a fault can have it reached.</summary>
    public int RateLimit { get; init; } = 15_000;

    /// <summary>The time that new repositories and commits get.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
