using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>What GitHub does not do is said with the way out, and done once that was gone.</summary>
[Collection(SharedWorld.OfGitHub)]
public sealed class BadInputTest(Platform platform)
{
    private const string OneStage = "environments: [{name: staging}]";

    [Fact]
    public async Task OwnerThatDoesNotExist()
    {
        var app = await platform.NewAppAsync("ownerless");
        Strike("POST", "^/orgs/acme/repos", 404, """{"message": "Not Found"}""");

        await app.ApplyAsync(OneStage);

        (await MessageAsync(app, Reasons.GitHubRefused)).Should().Contain("spec.repository.owner").And.Contain("installed");
        await ExpectMendedAsync(app);
    }

    [Fact]
    public async Task NameThatGitHubRefuses()
    {
        var app = await platform.NewAppAsync("misnamed");
        Strike("POST", "^/orgs/acme/repos", 422, """
            {"message": "Repository creation failed.", "errors": [{"resource": "Repository", "code": "custom", "field": "name", "message": "name is reserved"}]}
            """);

        await app.ApplyAsync(OneStage);

        (await MessageAsync(app, Reasons.InvalidSpec)).Should().Contain("name is reserved");
        await ExpectMendedAsync(app);
    }

    [Fact]
    public async Task BranchThatIsProtectedAgainstUs()
    {
        var app = await platform.NewAppAsync("walled");
        platform.Sandbox.GitHub.Add(new GitHubFault
        {
            Method = "POST",
            Path = "^/acme/walled.git/git-receive-pack$",
            Kind = GitHubFaultKind.Decline,
            Body = "Changes must be made through a pull request.",
        });

        await app.ApplyAsync(OneStage);

        (await MessageAsync(app, Reasons.GitHubRefused)).Should().Contain("through a pull request").And.Contain("bypass");
        await ExpectMendedAsync(app);
    }

    private void Strike(string method, string path, int status, string body, int times = 1) => platform.Sandbox.GitHub.Add(
        new GitHubFault { Method = method, Path = path, Status = status, Times = times, Body = JsonNode.Parse(body) });

    private static async Task<string> MessageAsync(TestApp app, string reason)
    {
        var told = await app.UntilAsync($"told {reason}", item => item.Condition(Conditions.RepositoryReady).TextAt("reason") == reason);
        told.Is(Conditions.Ready).Should().BeFalse();
        return told.Condition(Conditions.RepositoryReady).TextAt("message") ?? "";
    }

    private async Task ExpectMendedAsync(TestApp app)
    {
        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0);
        await app.ReconcileAsync();
        await app.UntilReadyAsync();
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
    }
}
