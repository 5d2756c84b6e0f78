using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>An application whose deployment manifests have a repository of their own: both are made, kept and ended as one.</summary>
[Collection(CrashingWorld.Name)]
public sealed class SeparateDeploymentTest(Platform platform) : IAsyncLifetime
{
    private const string Spec = "repository: {deployment: Separate, deletionPolicy: Delete}\nenvironments: [{name: staging}]";

    public async Task InitializeAsync()
    {
        if (platform.Operator.HasEnded)
        {
            await platform.StartOperatorAsync();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task BothAreMadeInOneCommitEach_AndArgoCdFollowsTheManifests()
    {
        var (app, made) = await BeginAsync("parted");

        var ready = await app.MakeAsync(Spec);

        await ExpectOneOfEachAsync(app, made);
        var own = await platform.GitHub.CloneAsync("parted");
        var deploy = await platform.GitHub.CloneAsync("parted-deploy");
        Directory.Exists(Path.Combine(own, "deploy")).Should().BeFalse();
        File.Exists(Path.Combine(own, "Dockerfile")).Should().BeTrue();
        (await File.ReadAllTextAsync(Path.Combine(own, ".github", "workflows", "ci.yaml")))
            .Should().Contain("repository: acme/parted-deploy").And.Contain("${{ secrets.IDP_DEPLOY_TOKEN }}");
        Directory.EnumerateFileSystemEntries(deploy).Select(Path.GetFileName).Should().BeEquivalentTo(".git", ".idp", "README.md", "deploy");
        var marker = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(deploy, ".idp", "repository.json")))!;
        ((string?)marker["role"]).Should().Be("deployment");
        ((string?)marker["ownerUid"]).Should().Be(ready.TextAt("metadata", "uid"));
        var application = await platform.GetAsync(ForeignKinds.Application, "argocd", app.In("staging"));
        application.TextAt("spec", "source", "repoURL").Should().Be(ready.TextAt("status", "deploymentRepository", "cloneUrl"));
        ready.ObjectsAt("status", "environments").Single().TextAt("revision").Should().Be(ready.TextAt("status", "deploymentRepository", "commit"));
        ready.Condition(Conditions.RepositoryReady).TextAt("message").Should().Contain("acme/parted is there").And.Contain("acme/parted-deploy");
    }

    [Theory]
    [InlineData("mislaid", 0)]
    [InlineData("mislaid-too", 1)]
    public async Task LostAnswerToEitherCreate_LeavesOneOfEach(string name, int skip)
    {
        var (app, made) = await BeginAsync(name);
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = "POST", Path = "^/orgs/acme/repos", Skip = skip, Kind = GitHubFaultKind.DropAfter });

        await app.MakeAsync(Spec);

        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "everything that was to happen has happened");
        await ExpectOneOfEachAsync(app, made);
    }

    [Fact]
    public async Task LostAnswerToTheSecondCreateAndAKilledOperator_LeaveOneOfEach()
    {
        var (app, made) = await BeginAsync("torn");
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = "POST", Path = "^/orgs/acme/repos", Skip = 1, Kind = GitHubFaultKind.DropAfter });
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = "GET", Path = "^/repos/acme/torn$", Skip = 1, Times = 100, Status = 502 });

        await app.ApplyAsync(Spec);
        await app.UntilAsync(
            "half made", item => item.NumberAt(0, "status", "deploymentRepository", "id") > 0 && !item.Is(Conditions.RepositoryReady));
        platform.GitHub.Count().Should().Be(made + 2, "the answer was lost, not the repository");
        await platform.Operator.KillAsync(CancellationToken.None);
        platform.Sandbox.GitHub.ClearFaults();
        await platform.StartOperatorAsync();

        await app.UntilReadyAsync();
        await ExpectOneOfEachAsync(app, made);
    }

    [Fact]
    public async Task BothAreDeleted_AlsoWhereTheSecondIsRefusedAtFirst()
    {
        var (app, made) = await BeginAsync("undone");
        await app.MakeAsync(Spec);
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = "DELETE", Path = "repositories|repos/acme/undone", Skip = 1, Status = 502 });

        await app.DeleteAsync();

        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "the deletion of the second was refused once");
        platform.GitHub.Count().Should().Be(made);
        (await platform.GitHub.ExistsAsync("undone")).Should().BeFalse();
        (await platform.GitHub.ExistsAsync("undone-deploy")).Should().BeFalse();
    }

    [Fact]
    public async Task ForeignRepositoryOfThatName_IsSaidAndLeftAlone_AndNothingIsMadeBesideIt()
    {
        var (app, made) = await BeginAsync("beside");
        await platform.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", """{"name": "beside-deploy", "description": "Mine.", "auto_init": true}""");
        var before = await platform.GitHub.CommitsAsync("beside-deploy");

        await app.ApplyAsync(Spec.Replace("Separate", "Separate, adoption: IfUnowned", StringComparison.Ordinal));

        (await app.UntilStalledAsync(Reasons.RepositoryConflict)).Should().Contain("acme/beside-deploy");
        (await platform.GitHub.ExistsAsync("beside")).Should().BeFalse();
        await app.DeleteAsync();
        (await platform.GitHub.CommitsAsync("beside-deploy")).Should().Equal(before);
        (await platform.GitHub.FindAsync("beside-deploy")).TextAt("description").Should().Be("Mine.");
        platform.GitHub.Count().Should().Be(made + 1);
    }

    [Fact]
    public async Task ManifestsThatAreLaidAreNotMoved()
    {
        var (app, made) = await BeginAsync("settled");
        await app.MakeAsync("environments: [{name: staging}]");

        var refusal = await app.RefusalAsync(Spec);

        (refusal ?? await app.UntilStalledAsync(Reasons.InvalidSpec)).Should().Contain("repository.deployment cannot be changed").And.Contain("settled");
        platform.GitHub.Count().Should().Be(made + 1);
        await app.DeleteAsync();
        platform.GitHub.Count().Should().Be(made, "a manifest that is wrong does not keep its application from going");
    }

    [Fact]
    public async Task BothAreArchived_AlsoWhereTheSecondIsRefusedAtFirst()
    {
        var (app, made) = await BeginAsync("shelved");
        await app.MakeAsync(Spec.Replace("Delete", "Archive", StringComparison.Ordinal));
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = "PATCH", Path = "repositories|repos/acme/shelved", Skip = 1, Status = 502 });

        await app.DeleteAsync();

        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "the archiving of the second was refused once");
        platform.GitHub.Count().Should().Be(made + 2);
        (await platform.GitHub.FindAsync("shelved")).FlagAt(false, "archived").Should().BeTrue();
        (await platform.GitHub.FindAsync("shelved-deploy")).FlagAt(false, "archived").Should().BeTrue();
    }

    private async Task<(TestApp App, int Repositories)> BeginAsync(string name) => (await platform.NewAppAsync(name), platform.GitHub.Count());

    private async Task ExpectOneOfEachAsync(TestApp app, int before)
    {
        platform.GitHub.Count().Should().Be(before + 2);
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
        (await platform.GitHub.CommitsAsync($"{app.Name}-deploy")).Should().ContainSingle();
    }
}
