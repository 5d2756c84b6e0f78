using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>What a repository is beyond its files, each part against the contract server.</summary>
public sealed class AdministrationTest : IAsyncLifetime
{
    private World _world = null!;
    private Repository _repository = null!;

    private RepositoryAdministration Administration => _world.Client.Administration;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task MergeRulesAreSetWithTheOtherSettings()
    {
        var wanted = new RepositorySettings
        {
            Description = "new",
            Homepage = "https://acme.dev",
            Switches = new RepositorySwitches
            {
                ["allow_merge_commit"] = false,
                ["allow_rebase_merge"] = false,
                ["allow_auto_merge"] = true,
                ["allow_update_branch"] = true,
                ["delete_branch_on_merge"] = true,
                ["has_projects"] = false,
            },
        };

        var updated = await _world.Client.UpdateRepositoryAsync(_repository.Id, wanted, CancellationToken.None);

        (updated.Description, updated.Homepage).Should().Be((wanted.Description, wanted.Homepage));
        updated.Switches.Should().Contain(wanted.Switches);
        updated.Switches["allow_squash_merge"].Should().BeTrue("it was not asked to change");
        (await _world.Client.FindRepositoryAsync(_repository.Id, CancellationToken.None)).Should().BeEquivalentTo(updated, options => options.Excluding(each => each!.ETag));
    }

    [Fact]
    public async Task ATeamHasNothing_ThenWhatItWasGiven_EvenIfThatIsLess()
    {
        (await Administration.Teams.FindAsync(_repository, "platform", CancellationToken.None)).Should().BeNull();

        await Administration.Teams.GrantAsync(_repository, "platform", TeamPermission.Admin, CancellationToken.None);
        (await Administration.Teams.FindAsync(_repository, "platform", CancellationToken.None)).Should().Be(TeamPermission.Admin);
        await Administration.Teams.GrantAsync(_repository, "platform", TeamPermission.Triage, CancellationToken.None);
        (await Administration.Teams.FindAsync(_repository, "platform", CancellationToken.None)).Should().Be(TeamPermission.Triage);

        var strangers = () => Administration.Teams.GrantAsync(_repository, "strangers", TeamPermission.Push, CancellationToken.None);
        (await strangers.Should().ThrowAsync<GitHubNotFoundException>()).Which.Message.Should().Contain("strangers");
    }

    [Fact]
    public async Task CustomPropertiesAreSetByName_AndTheOthersStay()
    {
        await Administration.Properties.SetAsync(_repository, new Dictionary<string, string> { ["team"] = "a", ["application"] = "b" }, CancellationToken.None);

        await Administration.Properties.SetAsync(_repository, new Dictionary<string, string> { ["team"] = "c" }, CancellationToken.None);

        (await Administration.Properties.ListAsync(_repository, CancellationToken.None)).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["team"] = "c", ["application"] = "b" });
        var unknown = () => Administration.Properties.SetAsync(_repository, new Dictionary<string, string> { ["colour"] = "c" }, CancellationToken.None);
        await unknown.Should().ThrowAsync<GitHubValidationException>().WithMessage("*colour*");
    }

    [Fact]
    public async Task AnEnvironmentIsReadBackAsItWasPut()
    {
        var id = await Administration.Teams.GetIdAsync("acme", "platform", CancellationToken.None);
        var plain = new DeploymentEnvironment { Name = "review / 1" };
        var guarded = new DeploymentEnvironment
        {
            Name = "production",
            WaitTimer = 30,
            PreventSelfReview = true,
            Reviewers = [EnvironmentReviewer.Team(id, "platform")],
            BranchPolicy = new DeploymentBranchPolicy(ProtectedBranches: true, CustomBranchPolicies: false),
        };
        await Administration.Environments.PutAsync(_repository, plain, CancellationToken.None);
        await Administration.Environments.PutAsync(_repository, guarded, CancellationToken.None);

        var listed = await Administration.Environments.ListAsync(_repository, CancellationToken.None);

        listed.Should().BeEquivalentTo([plain, guarded]);
        await Administration.Environments.PutAsync(_repository, guarded with { Reviewers = [], BranchPolicy = null, WaitTimer = 0 }, CancellationToken.None);
        (await Administration.Environments.ListAsync(_repository, CancellationToken.None)).Should().BeEquivalentTo(
            [plain, new DeploymentEnvironment { Name = "production" }], "what is left out is taken away");
    }

    [Fact]
    public async Task AVariableThatIsThereAlreadyGetsTheValue()
    {
        await Administration.Variables.CreateAsync(_repository, "REGISTRY", "a", CancellationToken.None);
        await Administration.Variables.CreateAsync(_repository, "registry", "b", CancellationToken.None);
        await Administration.Variables.UpdateAsync(_repository, "REGISTRY", "c", CancellationToken.None);

        (await Administration.Variables.ListAsync(_repository, CancellationToken.None)).Should().Equal(
            new Dictionary<string, string> { ["REGISTRY"] = "c" });
        _world.Calls.All.Select(made => (made.Operation, made.StatusCode)).Should().ContainInOrder(
            ("create_variable", 201), ("create_variable", 409), ("update_variable", 204), ("update_variable", 204));
        var missing = () => Administration.Variables.UpdateAsync(_repository, "MISSING", "c", CancellationToken.None);
        await missing.Should().ThrowAsync<GitHubNotFoundException>();
    }

    [Fact]
    public async Task ListsThatHaveSeveralPagesAreReadToTheirEnd()
    {
        for (var number = 0; number < 31; number++)
        {
            await Administration.Variables.CreateAsync(_repository, $"V{number}", number.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
        }

        for (var number = 0; number < 101; number++)
        {
            await Administration.Rulesets.CreateAsync(_repository, new Ruleset { Name = $"r{number}" }, CancellationToken.None);
            await Administration.Environments.PutAsync(_repository, new DeploymentEnvironment { Name = $"e{number}" }, CancellationToken.None);
        }

        (await Administration.Variables.ListAsync(_repository, CancellationToken.None)).Should().HaveCount(31);
        (await Administration.Environments.ListAsync(_repository, CancellationToken.None)).Should().HaveCount(101);
        (await Administration.Rulesets.FindAsync(_repository, "r100", CancellationToken.None))!.Name.Should().Be("r100");
        (await Administration.Rulesets.FindAsync(_repository, "r101", CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task AlertsAreOffUntilTheyAreTurnedOn()
    {
        (await Administration.Alerts.AreOnAsync(_repository, CancellationToken.None)).Should().BeFalse();
        await Administration.Alerts.SetAsync(_repository, on: true, CancellationToken.None);
        (await Administration.Alerts.AreOnAsync(_repository, CancellationToken.None)).Should().BeTrue();
        await Administration.Alerts.SetAsync(_repository, on: false, CancellationToken.None);
        (await Administration.Alerts.AreOnAsync(_repository, CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task ARulesetIsFoundByItsNameAndChangedByItsNumber()
    {
        var rule = new RulesetRule("pull_request", new JsonObject { ["required_approving_review_count"] = 1 });
        var made = await Administration.Rulesets.CreateAsync(
            _repository, new Ruleset { Name = "ours", Rules = [new RulesetRule("deletion"), rule] }, CancellationToken.None);
        await Administration.Rulesets.CreateAsync(_repository, new Ruleset { Name = "theirs" }, CancellationToken.None);

        var found = await Administration.Rulesets.FindAsync(_repository, "ours", CancellationToken.None);
        await Administration.Rulesets.UpdateAsync(
            _repository, found! with { Enforcement = RulesetEnforcement.Evaluate, Exclude = ["refs/heads/x"] }, CancellationToken.None);

        found!.Id.Should().Be(made.Id);
        found.Include.Should().Equal(Ruleset.DefaultBranch);
        found.Rules.Select(each => each.Type).Should().Equal("deletion", "pull_request");
        found.Rules[1].Parameters!["required_approving_review_count"]!.GetValue<int>().Should().Be(1);
        var changed = await Administration.Rulesets.FindAsync(_repository, "ours", CancellationToken.None);
        changed!.Enforcement.Should().Be(RulesetEnforcement.Evaluate);
        changed.Exclude.Should().Equal("refs/heads/x");
        changed.Rules.Should().HaveCount(2);
        (await Administration.Rulesets.FindAsync(_repository, "nobody's", CancellationToken.None)).Should().BeNull();
    }

    [Theory]
    [InlineData("administration", "administration=write")]
    [InlineData("administration=write", "administration=write")]
    public async Task AMissingPermissionIsNamed(string missing, string needed)
    {
        _world.Server.LackPermissions(missing);

        var create = () => Administration.Rulesets.CreateAsync(_repository, new Ruleset { Name = "ours" }, CancellationToken.None);
        var list = () => Administration.Rulesets.FindAsync(_repository, "ours", CancellationToken.None);

        var error = (await create.Should().ThrowAsync<GitHubPermissionException>()).Which;
        error.AcceptedPermissions.Should().Be(needed);
        error.Message.Should().Contain("Resource not accessible by integration").And.Contain(needed);
        await list.Should().NotThrowAsync("rulesets can be read by everybody who sees the repository");
    }

    [Fact]
    public async Task AFeatureThatThePlanLacksIsNoMatterOfPermissions()
    {
        _world.Server.Add(new GitHubFault
        {
            Path = "/rulesets",
            Status = 403,
            Body = new JsonObject { ["message"] = "Upgrade to GitHub Pro or make this repository public to enable this feature." },
        });

        var list = () => Administration.Rulesets.FindAsync(_repository, "ours", CancellationToken.None);

        (await list.Should().ThrowAsync<FeatureUnavailableException>()).Which.IsTerminal.Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a?b")]
    public async Task NamesThatMeanAnotherPlaceAreNotSent(string name)
    {
        _world.Server.Requests.Reset();

        var team = () => Administration.Teams.GrantAsync(_repository, name, TeamPermission.Pull, CancellationToken.None);
        var variable = () => Administration.Variables.UpdateAsync(_repository, name, "x", CancellationToken.None);

        await team.Should().ThrowAsync<GitHubValidationException>();
        await variable.Should().ThrowAsync<GitHubValidationException>();
        _world.Server.Requests.Total.Should().Be(0);
    }
}
