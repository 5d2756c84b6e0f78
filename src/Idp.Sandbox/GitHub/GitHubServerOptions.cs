namespace Idp.Sandbox.GitHub;

/// <summary>What a <see cref="GitHubServer"/> is started with.</summary>
public sealed record GitHubServerOptions
{
    /// <summary>
    /// The folder for repositories, their state and the request log; what is in it already is served again.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>The one token that is always let in, beside those that <see cref="App"/> makes.</summary>
    public required string Token { get; init; }

    /// <summary>
    /// The logins of people by their tokens: they read and push everywhere, maintain descriptions and topics, and administer what they
    /// made themselves.
    /// </summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The organisations that exist.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = ["acme"];

    /// <summary>The users that exist; they own no repositories here, but may have installed the App.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>The App that may make tokens of its own; null for none.</summary>
    public GitHubServerApp? App { get; init; }

    /// <summary>The teams that every organisation has from the start; <c>POST /orgs/{org}/teams</c> makes more.</summary>
    public IReadOnlyList<string> Teams { get; init; } = ["platform", "team-payments"];

    /// <summary>The custom properties that every organisation defines; all of them texts.</summary>
    public IReadOnlyList<string> CustomProperties { get; init; } = ["application", "team"];

    /// <summary>
    /// Permissions that the token lacks, such as <c>administration</c>, or <c>administration=write</c> if it may read. What needs one
    /// of them is answered as GitHub does: 403 with <c>X-Accepted-GitHub-Permissions</c>. <c>PUT /_sandbox/permissions</c> changes it.
    /// </summary>
    public IReadOnlyList<string> MissingPermissions { get; init; } = [];

    /// <summary>The default branch of new repositories.</summary>
    public string DefaultBranch { get; init; } = "main";

    /// <summary>
    /// Whether <c>git clone</c> needs no token even for private repositories. GitHub knows no such thing: it is there
    /// so that one can look into a laptop's sandbox without setting up credentials. Pushing always needs the token.
    /// </summary>
    public bool AnonymousRead { get; init; } = true;

    /// <summary>How late a repository that is made from a template gets its files.</summary>
    public TemplateDelay TemplateDelay { get; init; } = TemplateDelay.None;

    /// <summary>The limits that are enforced; null for none, as GitHub Enterprise Server is installed.</summary>
    public GitHubServerLimits? Limits { get; init; }

    /// <summary>The hourly limit that answers show while none is enforced; a fault can have it reached.</summary>
    public int RateLimit { get; init; } = 15_000;

    /// <summary>The time: that of answers, of new repositories and commits, and the one that tokens end by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
