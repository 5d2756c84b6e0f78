using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>
/// What GitHub is known to do to those who make repositories: meanwhile it is said clearly, in the end the world is right,
/// and there is one repository. Limits and credentials have tests of their own beside this one.
/// </summary>
[Collection(SharedWorld.OfGitHub)]
public sealed class FailureModesTest(Platform platform)
{
    private const string OneStage = "environments: [{name: staging}]";

    [Fact]
    public async Task LagAfterCreate_IsWaitedFor()
    {
        var (app, made) = await BeginAsync("lagging");
        Strike("GET", "^/acme/lagging.git/info/refs", 404, """{"message": "Repository not found."}""", times: 2);
        Strike("GET", "^/repositories/", 404, """{"message": "Not Found"}""", times: 2);

        await app.ApplyAsync(OneStage);

        await app.UntilAsync(
            "told that GitHub does not show it yet",
            item => item.Condition(Conditions.RepositoryReady).TextAt("message")?.Contains("does not show it yet", StringComparison.Ordinal) == true);
        await ExpectOneAsync(app, made);
    }

    [Fact]
    public async Task RepositoryThatGitDoesNotServeYet_IsWaitedFor()
    {
        var (app, made) = await BeginAsync("slow-disk");
        Strike("GET", "^/acme/slow-disk.git/info/refs", 503, """{"message": "Repository is being created on disk."}""", times: 3);

        await app.ApplyAsync(OneStage);

        await app.UntilAsync(
            "told that GitHub is not done",
            item => item.Condition(Conditions.RepositoryReady).TextAt("message")?.Contains("being created on disk", StringComparison.Ordinal) == true);
        await ExpectOneAsync(app, made);
    }

    [Fact]
    public async Task EmptyRepositoryThatIsAdopted_GetsItsGoldenPathAsOneCommit()
    {
        var app = await platform.NewAppAsync("bare");
        await platform.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", """{"name": "bare", "visibility": "private"}""");
        var made = platform.GitHub.Count();

        await app.MakeAsync($"repository: {{adoption: IfUnowned}}\n{OneStage}");

        platform.GitHub.Count().Should().Be(made);
        (await platform.GitHub.CommitsAsync("bare")).Should().ContainSingle();
    }

    [Theory]
    [InlineData("lost-answer", GitHubFaultKind.DropAfter)]
    [InlineData("wrong-answer", GitHubFaultKind.AnswerAfter)]
    public async Task AnswerToCreateThatIsLost_LeavesOneRepository(string name, GitHubFaultKind kind)
    {
        var (app, made) = await BeginAsync(name);
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = "POST", Path = "^/orgs/acme/repos", Kind = kind, Status = 502 });

        await app.ApplyAsync(OneStage);

        await ExpectOneAsync(app, made);
    }

    [Fact]
    public async Task NameThatSomebodyTookInBetween_IsAConflict_AndIsLeftAlone()
    {
        var app = await platform.NewAppAsync("snatched");
        Strike("GET", "^/repos/acme/snatched$", 404, """{"message": "Not Found"}""");
        await platform.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", """{"name": "snatched", "description": "Mine.", "auto_init": true}""");
        var before = await platform.GitHub.CommitsAsync("snatched");

        await app.ApplyAsync(OneStage);

        (await app.UntilStalledAsync(Reasons.RepositoryConflict)).Should().Contain("acme/snatched").And.Contain("adoption");
        (await platform.GitHub.CommitsAsync("snatched")).Should().Equal(before);
        (await platform.GitHub.FindAsync("snatched")).TextAt("description").Should().Be("Mine.");
    }

    [Fact]
    public async Task SecondaryLimit_IsNoMissingPermission_AndIsWaitedFor()
    {
        var (app, made) = await BeginAsync("too-fast");
        platform.Sandbox.GitHub.Add(new GitHubFault
        {
            Method = "POST",
            Path = "^/acme/too-fast.git/git-receive-pack$",
            Status = 403,
            Body = JsonNode.Parse("""{"message": "You have exceeded a secondary rate limit and have been temporarily blocked from content creation."}"""),
            Headers = new Dictionary<string, string> { ["Retry-After"] = "3" },
        });

        await app.ApplyAsync(OneStage);

        var limited = await app.UntilAsync("limited", item => item.Condition(Conditions.RepositoryReady).TextAt("reason") == Reasons.GitHubRateLimited);
        limited.Condition(Conditions.RepositoryReady).TextAt("message").Should().Contain("Goes on by itself at");
        limited.Is(Conditions.Stalled).Should().BeFalse();
        await ExpectOneAsync(app, made);
    }

    [Fact]
    public async Task RenamedRepository_IsFollowed_AndTheOneThatTookItsNameIsNeverTouched()
    {
        var app = await platform.NewAppAsync("moved");
        var spec = $"description: First.\nrepository: {{deletionPolicy: Delete}}\n{OneStage}";
        await app.MakeAsync(spec);
        await platform.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/moved", """{"name": "moved-on"}""");
        await platform.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", """{"name": "moved", "description": "Another one."}""");

        await app.ApplyAsync(spec.Replace("First.", "Second.", StringComparison.Ordinal));

        var followed = await app.UntilAsync(
            "shown under its new name", item => item.TextAt("status", "repository", "name") == "moved-on" && item.Is(Conditions.RepositoryReady));
        followed.Condition(Conditions.RepositoryReady).TextAt("message").Should().Contain("acme/moved-on").And.Contain("acme/moved");
        (await platform.GitHub.FindAsync("moved-on")).TextAt("description").Should().Be("Second.");
        await app.AnnotateAsync(Annotations.ConfirmDelete, "moved-on");
        await app.DeleteAsync();
        (await platform.GitHub.ExistsAsync("moved-on")).Should().BeFalse();
        (await platform.GitHub.FindAsync("moved")).TextAt("description").Should().Be("Another one.");
    }

    [Fact]
    public async Task ArchivedRepository_IsSaid_AndTakenUpAgainWhenItIsNotAnyMore()
    {
        var app = await platform.NewAppAsync("resting");
        await app.MakeAsync(OneStage);
        await platform.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/resting", """{"archived": true}""");

        await app.ApplyAsync($"description: Awake.\n{OneStage}");

        (await app.UntilStalledAsync(Reasons.RepositoryArchived)).Should().Contain("unarchive");
        await platform.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/resting", """{"archived": false}""");
        await app.ReconcileAsync();
        await app.UntilReadyAsync();
        (await platform.GitHub.FindAsync("resting")).TextAt("description").Should().Be("Awake.");
    }

    [Theory]
    [InlineData("raced", "POST", "^/acme/raced.git/git-receive-pack$", 409, "Conflict")]
    [InlineData("raced-too", "POST", "^/acme/raced-too.git/git-receive-pack$", 502, "Server Error")]
    public async Task BranchThatCannotBeMovedJustNow_IsTriedAgainFromTheStart(string name, string method, string path, int status, string words)
    {
        var (app, made) = await BeginAsync(name);
        Strike(method, path, status, $$"""{"message": "{{words}}"}""");

        await app.ApplyAsync(OneStage);

        await ExpectOneAsync(app, made);
    }

    [Theory]
    [InlineData("no-workflows", 403, "Resource not accessible by integration", Reasons.GitHubPermissionMissing)]
    [InlineData("no-workflows-too", 404, "Not Found", Reasons.GitHubUnavailable)]
    public async Task MissingPermission_IsNamed_AndOvercomeOnceItIsGiven(string name, int status, string words, string reason)
    {
        var (app, made) = await BeginAsync(name);
        platform.Sandbox.GitHub.Add(new GitHubFault
        {
            Method = "POST",
            Path = $"^/acme/{name}.git/git-receive-pack$",
            Status = status,
            Body = new JsonObject { ["message"] = words },
            Headers = new Dictionary<string, string> { ["X-Accepted-GitHub-Permissions"] = "contents=write,workflows=write" },
        });

        await app.ApplyAsync(OneStage);

        var refused = await app.UntilAsync("refused", item => item.Condition(Conditions.RepositoryReady).TextAt("reason") == reason);
        refused.Condition(Conditions.RepositoryReady).TextAt("message").Should().Contain("contents=write,workflows=write");
        await app.ReconcileAsync();
        await ExpectOneAsync(app, made);
    }

    [Fact]
    public async Task DeletionWhileGitHubStillMakesTheRepository_IsTriedAgain()
    {
        var app = await platform.NewAppAsync("too-early");
        await app.MakeAsync($"repository: {{deletionPolicy: Delete}}\n{OneStage}");
        Strike("DELETE", "repositories|repos/acme/too-early", 403, """{"message": "Repository cannot be deleted until it is done being created on disk."}""");

        await app.DeleteAsync();

        (await platform.GitHub.ExistsAsync("too-early")).Should().BeFalse();
        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0);
    }

    [Fact]
    public async Task VisibilityThatIsSoAlready_IsNoError()
    {
        var app = await platform.NewAppAsync("seen");
        await app.MakeAsync(OneStage);
        Strike("PATCH", "^/repositories/", 422, """{"message": "Visibility is already public."}""");

        await app.MakeAsync($"description: New.\nrepository: {{visibility: Public}}\n{OneStage}");

        (await platform.GitHub.FindAsync("seen")).TextAt("description").Should().Be("New.");
    }

    private void Strike(string method, string path, int status, string body, int times = 1) => platform.Sandbox.GitHub.Add(
        new GitHubFault { Method = method, Path = path, Status = status, Times = times, Body = JsonNode.Parse(body) });

    private async Task<(TestApp App, int Repositories)> BeginAsync(string name) => (await platform.NewAppAsync(name), platform.GitHub.Count());

    private async Task ExpectOneAsync(TestApp app, int before)
    {
        await app.UntilReadyAsync();
        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "everything that was to happen has happened");
        platform.GitHub.Count().Should().Be(before + 1);
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
    }
}
