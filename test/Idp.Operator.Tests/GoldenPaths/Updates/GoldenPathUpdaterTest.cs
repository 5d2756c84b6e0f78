using System.Text;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Tests.Ownership;
using Idp.Sandbox.GitHub;

namespace Idp.Operator.Tests.GoldenPaths.Updates;

/// <summary>One repository through newer versions of its golden path, on the contract server with real Git objects.</summary>
public sealed class GoldenPathUpdaterTest : IAsyncLifetime
{
    private const string App = "team-a/shop";
    private const string Repository = "acme/shop";
    private const string Branch = "idp/golden-path";
    private const string Body = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    private OwnershipWorld _world = null!;

    private GitHubPeople People => _world.Server.People;

    public async Task InitializeAsync()
    {
        _world = await OwnershipWorld.StartAsync("teams: [{namespace: \"*\", adopt: [\"*\"]}]");
        _world.Offer("1.0.0", ("a.txt", Body), ("b.txt", "b\n"));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task NewerVersion_IsOfferedByOnePullRequest_AndFollowedOnceItIsMerged()
    {
        await MadeAsync();
        await People.CommitAsync(Repository, new GitHubPersonCommit { Files = [GitHubPersonFile.Text("a.txt", Body.Replace("one", "ONE", StringComparison.Ordinal))] });

        _world.Offer("2.0.0", ("a.txt", Body.Replace("seven", "SEVEN", StringComparison.Ordinal)), ("c.txt", "c\n"));
        var status = await _world.ReconcileAsync(App);

        var pull = People.PullRequests(Repository).Should().ContainSingle().Subject;
        Current(status).Should().BeEquivalentTo(new { Status = ConditionStatus.False, Reason = Reasons.TemplateOutdated });
        Current(status).Message.Should().Contain("2.0.0").And.Contain("1 Merged, 1 Added, 1 Removed").And.Contain("/pull/");
        status!.Repository!.Template.Should().BeEquivalentTo(new { Version = "1.0.0", Update = new { Version = "2.0.0", PullRequest = pull.Number, IsOpen = true } });
        (await ReadAsync("a.txt")).Should().Be(Body.Replace("one", "ONE", StringComparison.Ordinal), "nothing is changed before people merge it");

        await People.MergeAsync(Repository, pull.Number, GitHubMergeMethod.Squash);
        status = await _world.ReconcileAsync(App);

        (await ReadAsync("a.txt")).Should().Be("ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n");
        (await ReadAsync("b.txt")).Should().BeNull();
        (await ReadAsync("c.txt")).Should().Be("c\n");
        Current(status).Should().BeEquivalentTo(new { Status = ConditionStatus.True, Reason = Reasons.Succeeded });
        status!.Repository!.Template.Should().BeEquivalentTo(new { Version = "2.0.0", Update = (object?)null });
        await NothingMoreAsync();
    }

    [Fact]
    public async Task NextVersion_MovesTheSamePullRequest()
    {
        await MadeAsync();
        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);

        _world.Offer("3.0.0", ("a.txt", "three\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);

        var pull = People.PullRequests(Repository).Should().ContainSingle().Subject;
        pull.Title.Should().Contain("3.0.0");
        (await ReadAsync("a.txt", Branch)).Should().Be("three\n");
        await NothingMoreAsync();
    }

    [Fact]
    public async Task WhatPeoplePushToTheBranch_IsNeverOverwritten()
    {
        await MadeAsync();
        _world.Offer("2.0.0", ("a.txt", Body.Replace("one", "ONE", StringComparison.Ordinal)), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);
        var theirs = await People.CommitAsync(Repository, new GitHubPersonCommit { Branch = Branch, Files = [GitHubPersonFile.Text("fix.txt", "needed\n")] });

        _world.Offer("3.0.0", ("a.txt", Body.Replace("one", "ONE", StringComparison.Ordinal).Replace("seven", "7", StringComparison.Ordinal)), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);

        (await ReadAsync("fix.txt", Branch)).Should().Be("needed\n");
        (await ReadAsync("a.txt", Branch)).Should().Be("ONE\ntwo\nthree\nfour\nfive\nsix\n7\n");
        (await _world.SendAsync("GET", $"repos/{Repository}/commits/{People.Head(Repository, $"refs/heads/{Branch}")}"))!["parents"]![0]!["sha"]!.ToString().Should().Be(theirs);
        People.PullRequests(Repository).Should().ContainSingle().Which.IsOpen.Should().BeTrue();
        await NothingMoreAsync();
    }

    [Fact]
    public async Task PullRequestOfPeopleFromTheSameBranch_IsNotTaken()
    {
        await MadeAsync();
        await People.CommitAsync(Repository, new GitHubPersonCommit { Branch = "release", Files = [GitHubPersonFile.Text("r.txt", "r\n")] });
        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);
        await People.OpenAsync(Repository, Branch, "release", "Ours, for the release");

        _world.Offer("3.0.0", ("a.txt", "three\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);

        People.PullRequests(Repository).Select(pull => pull.Title).Should().Equal("Raise the golden path tiny from 1.0.0 to 3.0.0", "Ours, for the release");
        People.PullRequests(Repository).Should().OnlyContain(pull => pull.IsOpen);
    }

    [Fact]
    public async Task ClosedByPeople_StaysClosed_UntilANewerVersion()
    {
        await MadeAsync();
        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);
        await People.CloseAsync(Repository, 1);

        var status = await _world.ReconcileAsync(App);
        Current(status).Reason.Should().Be(Reasons.TemplateDeclined);
        _world.LoseStatus(App);
        status = await _world.ReconcileAsync(App);
        status = await _world.ReconcileAsync(App);
        Current(status).Reason.Should().Be(Reasons.TemplateDeclined, "the pull request itself says what it brought");
        People.PullRequests(Repository).Should().ContainSingle().Which.IsOpen.Should().BeFalse();

        _world.Offer("3.0.0", ("a.txt", "three\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);
        People.PullRequests(Repository).Should().HaveCount(2);
        People.PullRequests(Repository)[^1].Should().BeEquivalentTo(new { IsOpen = true, Title = "Raise the golden path tiny from 1.0.0 to 3.0.0" });
    }

    [Fact]
    public async Task WhatHasBecomeNeedless_IsTakenBack_WithItsBranch()
    {
        await MadeAsync();
        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);

        _world.Withdraw("2.0.0");
        await _world.ReconcileAsync(App);

        People.PullRequests(Repository).Should().ContainSingle().Which.IsOpen.Should().BeFalse();
        People.Head(Repository, $"refs/heads/{Branch}").Should().BeNull();
        Current(_world.Cluster.Find(App)!.Status).Status.Should().Be(ConditionStatus.True);

        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);
        People.PullRequests(Repository)[^1].IsOpen.Should().BeTrue("nobody declined it");
    }

    [Fact]
    public async Task VersionThatChangesNothingForTheTeam_NeedsNoPullRequest()
    {
        await MadeAsync();
        await People.CommitAsync(Repository, new GitHubPersonCommit { Files = [new GitHubPersonFile("a.txt", null)] });

        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        var status = await _world.ReconcileAsync(App);

        People.PullRequests(Repository).Should().BeEmpty();
        Current(status).Message.Should().Contain("2.0.0").And.Contain("1 TeamDeleted");
        Current(status).Status.Should().Be(ConditionStatus.True);
        await NothingMoreAsync();
    }

    [Fact]
    public async Task Conflict_IsShown_AndTheTeamsFileStays()
    {
        await MadeAsync();
        const string ours = "one\ntwo\nours\nfour\nfive\nsix\nseven\n";
        await People.CommitAsync(Repository, new GitHubPersonCommit { Files = [GitHubPersonFile.Text("a.txt", ours)] });

        _world.Offer("2.0.0", ("a.txt", Body.Replace("three", "theirs", StringComparison.Ordinal)), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);

        var pull = People.PullRequests(Repository).Should().ContainSingle().Subject;
        (await ReadAsync("a.txt", Branch)).Should().Be(ours);
        pull.Body.Should().Contain("`a.txt`").And.Contain("-three").And.Contain("+theirs").And.NotContain("<<<<<<<");
    }

    [Fact]
    public async Task LockThatSomebodyChanged_IsACondition_AndNothingIsMergedByIt()
    {
        await MadeAsync();
        var text = (await ReadAsync(".idp/golden-path.yaml"))!;
        await People.CommitAsync(Repository, new GitHubPersonCommit { Files = [GitHubPersonFile.Text(".idp/golden-path.yaml", text.Replace("1.0.0", "0.9.0", StringComparison.Ordinal))] });
        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));

        var status = await _world.ReconcileAsync(App);

        Current(status).Should().BeEquivalentTo(new { Status = ConditionStatus.Unknown, Reason = Reasons.TemplateLockInvalid });
        Current(status).Message.Should().Contain("git checkout");
        status!.Conditions.Should().Contain(condition => condition.Type == Conditions.RepositoryReady && condition.Status == ConditionStatus.True);
        People.PullRequests(Repository).Should().BeEmpty();

        await People.CommitAsync(Repository, new GitHubPersonCommit { Files = [GitHubPersonFile.Text(".idp/golden-path.yaml", text)] });
        await _world.ReconcileAsync(App);
        People.PullRequests(Repository).Should().ContainSingle();
    }

    [Fact]
    public async Task AdoptedRepository_IsOfferedWhatItLacks_AndNothingElse()
    {
        await _world.SendAsync("POST", "orgs/acme/repos", new() { ["name"] = "shop" });
        await _world.PushAsync(Repository, "a.txt", "ours\n");
        _world.Apply(App, "shop", adopts: true);
        await _world.ReconcileAsync(App);
        await _world.ReconcileAsync(App);

        var pull = People.PullRequests(Repository).Should().ContainSingle().Subject;
        (await ReadAsync("a.txt", Branch)).Should().Be("ours\n");
        (await ReadAsync("b.txt", Branch)).Should().Be("b\n");
        await People.MergeAsync(Repository, pull.Number, GitHubMergeMethod.Squash);
        var status = await _world.ReconcileAsync(App);
        Current(status).Message.Should().Contain("1 TeamOwned");

        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "B\n"));
        await _world.ReconcileAsync(App);
        (await ReadAsync("a.txt", Branch)).Should().Be("ours\n");
        (await ReadAsync("b.txt", Branch)).Should().Be("B\n");
    }

    [Fact]
    public async Task VersionThatWasWithdrawn_BringsNobodyBack_UnlessTheManifestSaysSo()
    {
        await MadeAsync();
        _world.Offer("2.0.0", ("a.txt", "two\n"), ("b.txt", "b\n"));
        await _world.ReconcileAsync(App);
        await People.MergeAsync(Repository, 1, GitHubMergeMethod.Squash);
        await _world.ReconcileAsync(App);

        _world.Withdraw("2.0.0");
        var status = await _world.ReconcileAsync(App);
        Current(status).Status.Should().Be(ConditionStatus.True);
        Current(status).Message.Should().Contain("2.0.0").And.Contain("nobody is brought back");
        People.PullRequests(Repository).Should().ContainSingle();

        _world.Change(App, spec => spec with { Template = new TemplateSpec { Version = "1.x" } });
        await _world.ReconcileAsync(App);
        People.PullRequests(Repository)[^1].Title.Should().Be("Bring the golden path tiny from 2.0.0 back to 1.0.0");
        (await ReadAsync("a.txt", Branch)).Should().Be(Body);
    }

    [Fact]
    public async Task ParametersAndEnvironmentsOfTheManifest_GoTheSameWay()
    {
        _world.Template = "parameters: [{name: port, type: integer, default: \"8000\"}]\nfiles: [{path: 'over/**', each: environments}]\n";
        _world.Offer("1.1.0", ("a.txt", "port {{ parameters.port }}\n"), ("over/{{ environment.name }}.txt", "{{ environment.name }}\n"));
        await MadeAsync();

        _world.Change(App, spec => spec with
        {
            Template = new TemplateSpec { Parameters = new Dictionary<string, string> { ["port"] = "9000" } },
            Environments = [.. spec.Environments, new EnvironmentSpec { Name = "production" }],
        });
        var status = await _world.ReconcileAsync(App);

        var pull = People.PullRequests(Repository).Should().ContainSingle().Subject;
        pull.Title.Should().Be("Bring the golden path tiny to the parameters of the manifest");
        Current(status).Message.Should().Contain("other parameters").And.Contain("1 FastForward, 1 Added");
        (await ReadAsync("a.txt", Branch)).Should().Be("port 9000\n");
        (await ReadAsync("over/production.txt", Branch)).Should().Be("production\n");

        _world.Change(App, spec => spec with { Template = null, Environments = [spec.Environments[0]] });
        await _world.ReconcileAsync(App);
        People.PullRequests(Repository).Should().ContainSingle().Which.IsOpen.Should().BeFalse("there is nothing left to bring");
    }

    [Fact]
    public async Task WithdrawnBase_IsFoundAllTheSame()
    {
        await MadeAsync();
        await People.CommitAsync(Repository, new GitHubPersonCommit { Files = [GitHubPersonFile.Text("a.txt", Body.Replace("one", "ONE", StringComparison.Ordinal))] });
        _world.Offer("2.0.0", ("a.txt", Body.Replace("seven", "SEVEN", StringComparison.Ordinal)), ("b.txt", "b\n"));
        _world.Withdraw("1.0.0");

        await _world.ReconcileAsync(App);

        (await ReadAsync("a.txt", Branch)).Should().Be("ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAtAnyRequest_ThereIsOnePullRequest_AndItBringsAllOfIt(bool takesEffect)
    {
        for (var request = 0; ; request++)
        {
            var (app, name) = ($"team-a/shop-{request}", $"shop-{request}");
            _world.Offer("1.0.0", ("a.txt", Body), ("b.txt", "b\n"));
            if (request > 0)
            {
                _world.Withdraw("2.0.0");
            }

            _world.Apply(app, name);
            await _world.ReconcileAsync(app);
            _world.Offer("2.0.0", ("a.txt", "two\n"), ("c.txt", "c\n"));
            _world.Process.DieAfter(request, takesEffect);
            await _world.ReconcileAsync(app);
            var wasKilled = _world.Process.Sent == 0;
            _world.Process.Revive();
            await _world.ReconcileAsync(app);

            People.PullRequests($"acme/{name}").Should().ContainSingle($"it was killed at request {request}").Which.IsOpen.Should().BeTrue();
            var head = People.Head($"acme/{name}", $"refs/heads/{Branch}");
            (await _world.SendAsync("GET", $"repos/acme/{name}/contents/c.txt?ref={head}")).Should().NotBeNull();
            _world.Cluster.Find(app)!.Status.Repository!.Template!.Update!.PullRequest.Should().Be(1);
            if (!wasKilled)
            {
                request.Should().BeGreaterThan(5, "each of its requests was tried");
                return;
            }
        }
    }

    private static Condition Current(BackendAppStatus? status) => status!.Conditions.Single(condition => condition.Type == Conditions.TemplateCurrent);

    private async Task MadeAsync()
    {
        _world.Apply(App, "shop");
        var status = await _world.ReconcileAsync(App);
        Current(status).Should().BeEquivalentTo(new { Status = ConditionStatus.True, Reason = Reasons.Succeeded });
    }

    /// <summary>Nothing is written any more, whether the operator remembers or not.</summary>
    private async Task NothingMoreAsync()
    {
        var before = (People.Head(Repository, "refs/heads/main"), People.Head(Repository, $"refs/heads/{Branch}"), People.PullRequests(Repository).Count);
        var status = await _world.ReconcileAsync(App);
        _world.Restart();
        var again = await _world.ReconcileAsync(App);

        again!.Repository.Should().BeEquivalentTo(status!.Repository);
        (People.Head(Repository, "refs/heads/main"), People.Head(Repository, $"refs/heads/{Branch}"), People.PullRequests(Repository).Count).Should().Be(before);
    }

    private async Task<string?> ReadAsync(string path, string branch = "main") =>
        (await _world.SendAsync("GET", $"repos/{Repository}/contents/{path}?ref={People.Head(Repository, $"refs/heads/{branch}")}"))?["content"] is { } content
            ? Encoding.UTF8.GetString(Convert.FromBase64String(content.ToString().ReplaceLineEndings("")))
            : null;
}
