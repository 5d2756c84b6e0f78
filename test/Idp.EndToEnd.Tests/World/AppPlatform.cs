using Idp.Sandbox.GitHub;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A world whose operator works as a GitHub App, in organisations whose default branch has a name of its own.</summary>
public sealed class AppPlatform : Platform
{
    /// <summary>The App's installations, and the tokens that it got.</summary>
    public GitHubInstallations Installations => Sandbox.GitHub.Installations;

    /// <summary>The App's private key.</summary>
    public Task<string> PrivateKeyAsync() => File.ReadAllTextAsync(Path.Combine(Sandbox.Directory, "github-app.pem"));

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with { GitHubApp = true, DefaultBranch = "trunk" };
}
