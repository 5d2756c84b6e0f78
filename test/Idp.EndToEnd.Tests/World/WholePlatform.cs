using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A platform that sets everything that a repository can be beyond its files.</summary>
public sealed class WholePlatform : Platform
{
    private const string Repository = """
        homepage: https://portal.acme.dev/{namespace}/{application}
        hasWiki: false
        teams:
          - {team: "{team}", permission: Push}
          - {team: platform, permission: Admin}
        customProperties: {team: "{team}", application: "{application}"}
        environments: {reviewers: {Production: ["{team}"]}}
        variables: {REGISTRY: ghcr.io/acme, TEAM: "{team}"}
        vulnerabilityAlerts: true
        ruleset: {requiredApprovals: 2, requiredChecks: [test]}
        """;

    /// <summary>An application with a staging and a production environment, whose team GitHub knows; not yet made.</summary>
    internal async Task<TestApp> NewWholeAppAsync(string name)
    {
        var app = await NewAppAsync(name);
        var (status, _) = await GitHub.AskAsync(HttpMethod.Post, "orgs/acme/teams", $$"""{"name": "{{app.Team}}"}""");
        status.Should().Be(201);
        return app;
    }

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with
    {
        Platform = settings => settings["github"]!["repository"] = YamlText.ReadObjects(Repository)[0].DeepClone(),
    };
}
