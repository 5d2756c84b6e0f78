using Idp.Sandbox.GitHub;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world whose operator works as a GitHub App, in organisations whose default branch has a name of its own.</summary>
public sealed class AppPlatform : Platform
{
    /// <summary>The team that is granted every owner.</summary>
    public const string ManyOwners = "owners";

    /// <summary>The App's installations, and the tokens that it got.</summary>
    public GitHubInstallations Installations => Sandbox.GitHub.Installations;

    /// <summary>Where GitHub's time comes from.</summary>
    public ShiftedClock GitHubClock { get; } = new();

    /// <summary>The file with the App's private key, which the operator reads.</summary>
    public string PrivateKeyPath => Path.Combine(Sandbox.Directory, "github-app.pem");

    /// <summary>The App's private key.</summary>
    public Task<string> PrivateKeyAsync() => File.ReadAllTextAsync(PrivateKeyPath);

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with
    {
        GitHubApp = true,
        DefaultBranch = "trunk",
        GitHub = server => server with { Clock = GitHubClock },
        Platform = settings => settings["teams"]!.AsArray().Insert(0, new JsonObject { ["namespace"] = $"team-{ManyOwners}", ["githubOwners"] = new JsonArray("*") }),
    };
}
