using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.StandIns;

namespace Idp.Sandbox.World;

/// <summary>How a <see cref="Sandbox"/> is started; the defaults are those of a test.</summary>
public sealed record SandboxOptions
{
    /// <summary>Where logs, repositories and settings are kept; made if it is absent.</summary>
    public required string Directory { get; init; }

    /// <summary>How long each state of progress stays visible; zero jumps to the end.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How often the Argo CD stand-in asks a repository for news of which it did not hear.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether GitHub tells the Argo CD stand-in of each push, as by a webhook.</summary>
    public bool HearsOfPushes { get; init; } = true;

    /// <summary>Whether the SchemaHero stand-in behaves as versions after 0.25.0 do.</summary>
    public bool RecordsPlannedSha { get; init; }

    /// <summary>Whether the stand-ins for other controllers run; without them nothing of theirs becomes ready by itself.</summary>
    public bool StandIns { get; init; } = true;

    /// <summary>Whether our own kinds are there from the start; without them they come with an installation.</summary>
    public bool OwnKinds { get; init; } = true;

    /// <summary>The script of what goes wrong.</summary>
    public Faults Faults { get; init; } = new();

    /// <summary>Whether Argo CD has credentials for every repository from the start, as if somebody had set them up by hand.</summary>
    public bool RepositoryCredentials { get; init; } = true;

    /// <summary>
    /// Changes the platform's settings, which are those of <c>config/operator/platform.yaml</c> with the addresses of
    /// this world.
    /// </summary>
    public Action<JsonObject> Platform { get; init; } = static _ => { };

    /// <summary>Changes what the GitHub contract server is started with, such as its limits.</summary>
    public Func<GitHubServerOptions, GitHubServerOptions> GitHub { get; init; } = static options => options;

    /// <summary>Organisations of the GitHub contract server.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = ["acme"];

    /// <summary>Whether the operator works as a GitHub App, installed in every organisation, and not by a token in a file.</summary>
    public bool GitHubApp { get; init; }

    /// <summary>The default branch that the organisations give to new repositories.</summary>
    public string DefaultBranch { get; init; } = "main";

    /// <summary>Hears of each step of the start.</summary>
    public Action<string> Progress { get; init; } = static _ => { };

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
