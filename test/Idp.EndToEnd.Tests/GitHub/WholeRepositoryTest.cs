using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>What a repository is beyond its files: made, kept, and never more than what platform.yaml sets.</summary>
[Collection(WholeWorld.Name)]
public sealed class WholeRepositoryTest(WholePlatform platform)
{
    private const string TwoStages = "environments: [{name: staging}, {name: production}]";

    private static readonly string[] Looks =
    [
        "get_properties", "get_team_repository", "list_environments", "list_variables", "get_vulnerability_alerts", "list_rulesets", "get_ruleset",
    ];

    [Fact]
    public async Task EverythingThatThePlatformSetsArrives()
    {
        var app = await platform.NewWholeAppAsync("arrives");
        platform.Sandbox.GitHub.Requests.Reset();

        await app.MakeAsync(TwoStages);

        var requests = platform.Sandbox.GitHub.Requests.ByOperation();
        await new WholeRepository(platform.GitHub, app).ExpectWholeAsync();
        requests.Keys.Should().NotContain(
            Looks, "there is nothing to look at in a repository that has just been made");
        requests.Should().Contain(new Dictionary<string, int>
        {
            ["update_repository"] = 1,
            ["update_properties"] = 1,
            ["put_team_repository"] = 2,
            ["put_environment"] = 2,
            ["get_team"] = 1,
            ["create_variable"] = 2,
            ["put_vulnerability_alerts"] = 1,
            ["create_ruleset"] = 1,
        });
        var condition = (await app.GetAsync()).Condition(Conditions.RepositoryConfigured);
        condition.TextAt("status").Should().Be("True");
        condition.TextAt("reason").Should().Be(Reasons.Succeeded);
    }

    [Fact]
    public async Task EveryDriftIsPutBack_AndWhatIsNotOursStays()
    {
        var app = await platform.NewWholeAppAsync("drifts");
        await app.MakeAsync(TwoStages);
        var repository = new WholeRepository(platform.GitHub, app);
        await repository.DriftAsync();
        await repository.AddForeignAsync();

        await app.ReconcileAsync();

        await repository.ExpectWholeAsync();
        await repository.ExpectForeignAsync();
        (await app.GetAsync()).Is(Conditions.RepositoryConfigured).Should().BeTrue();
    }

    [Fact]
    public async Task AMissingPermissionIsSaid_AndKeepsNothingElseFromBeingDone()
    {
        var app = await platform.NewWholeAppAsync("forbidden");
        platform.Sandbox.GitHub.LackPermissions("variables", "repository_custom_properties");
        try
        {
            var ready = await app.MakeAsync(TwoStages);

            var condition = ready.Condition(Conditions.RepositoryConfigured);
            condition.TextAt("status").Should().Be("False");
            condition.TextAt("reason").Should().Be(Reasons.GitHubPermissionMissing);
            condition.TextAt("message").Should().Contain("variables: ").And.Contain("custom properties: ")
                .And.Contain("variables=write").And.Contain("repository_custom_properties=write");
            (await new WholeRepository(platform.GitHub, app).RulesetAsync()).Should().NotBeNull("the ruleset comes after what was refused");
            (await new WholeRepository(platform.GitHub, app).AskAsync("vulnerability-alerts")).Status.Should().Be(204);
            await ExpectIdleAsync(app);
        }
        finally
        {
            platform.Sandbox.GitHub.LackPermissions();
        }

        await app.ReconcileAsync();

        await new WholeRepository(platform.GitHub, app).ExpectWholeAsync();
        (await app.GetAsync()).Is(Conditions.RepositoryConfigured).Should().BeTrue();
    }

    [Fact]
    public async Task ATeamThatDoesNotExistIsSaid_AndTheOtherTeamHasItsPermission()
    {
        var app = await platform.NewAppAsync("teamless");

        var ready = await app.MakeAsync(TwoStages);

        ready.Condition(Conditions.RepositoryConfigured).TextAt("reason").Should().Be(Reasons.GitHubRefused);
        ready.Condition(Conditions.RepositoryConfigured).TextAt("message").Should().Contain($"team {app.Team}");
        (await new WholeRepository(platform.GitHub, app).PermissionAsync("platform")).Should().Be("admin");
        (await new WholeRepository(platform.GitHub, app).AskAsync("environments/staging")).Status.Should().Be(200);

        // Its repository is young, so the team is asked for again and again; that would count in other tests.
        await app.DeleteAsync();
    }

    [Fact]
    public async Task SettingsThatGitHubRefuses_DoNotKeepTheDescriptionFromBeingSet()
    {
        var app = await platform.NewWholeAppAsync("described");
        platform.Sandbox.GitHub.Add(new GitHubFault
        {
            Method = "PATCH",
            Path = "^/repositories/[0-9]+$",
            Status = 422,
            Body = new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray("Merge rules are the enterprise's.") },
        });

        var ready = await app.MakeAsync($"description: Is described.\n{TwoStages}");

        (await platform.GitHub.FindAsync(app.Name)).TextAt("description").Should().Be("Is described.");
        ready.Condition(Conditions.RepositoryConfigured).TextAt("reason").Should().Be(Reasons.GitHubRefused);
        ready.Condition(Conditions.RepositoryConfigured).TextAt("message").Should().Contain("Merge rules are the enterprise's.");
        await app.ReconcileAsync();
        await new WholeRepository(platform.GitHub, app).ExpectWholeAsync();
    }

    [Fact]
    public async Task WhatGitHubDoesNotKnowEverywhereYet_IsTriedAgainByItself()
    {
        var app = await platform.NewWholeAppAsync("lags");
        platform.Sandbox.GitHub.Add(new GitHubFault
        {
            Method = "PUT",
            Path = "/teams/platform/repos/acme/lags$",
            Status = 404,
            Body = new JsonObject { ["message"] = "Not Found" },
        });

        await app.MakeAsync(TwoStages);
        await app.UntilAsync("wholly set up", item => item.Is(Conditions.RepositoryConfigured));

        await new WholeRepository(platform.GitHub, app).ExpectWholeAsync();
    }

    [Fact]
    public async Task ARepositoryThatIsAdoptedKeepsWhatIsNotOurs()
    {
        var app = await platform.NewWholeAppAsync("adopted");
        var repository = new WholeRepository(platform.GitHub, app);
        await repository.DoAsync(HttpMethod.Post, "orgs/acme/repos", """{"name": "adopted", "private": true}""");
        await repository.DoAsync(HttpMethod.Put, "repos/acme/adopted/contents/README.md", """{"message": "m", "content": "eA=="}""");
        await repository.DoAsync(HttpMethod.Put, "repos/acme/adopted/environments/production", """{"wait_timer": 15}""");
        await repository.AddForeignAsync();

        await app.ApplyAsync($"repository: {{adoption: IfUnowned}}\n{TwoStages}");
        await app.UntilAsync("wholly set up", item => item.Is(Conditions.RepositoryConfigured));

        await repository.ExpectWholeAsync();
        (await repository.PermissionAsync("auditors")).Should().Be("triage");
        (await repository.AskAsync("environments/production")).Body!["protection_rules"]!.AsArray()
            .Single(rule => (string?)rule!["type"] == "wait_timer")!["wait_timer"]!.GetValue<int>().Should().Be(15);
    }

    [Fact]
    public async Task AnUnchangedRepositoryIsNotWrittenTo_AndLookedAtOnlyWhenAsked()
    {
        var app = await platform.NewWholeAppAsync("still");
        await app.MakeAsync(TwoStages);

        await ExpectIdleAsync(app);
        var before = await StatusAsync(app);
        platform.Sandbox.GitHub.Requests.Reset();
        await app.ReconcileAsync();

        platform.Sandbox.GitHub.Requests.Writes.Should().Be(0);
        platform.Sandbox.GitHub.Requests.ByOperation().Where(each => !each.Key.StartsWith("git_", StringComparison.Ordinal))
            .Should().BeEquivalentTo(new Dictionary<string, int>
            {
                ["get_repository"] = 1,
                ["get_properties"] = 1,
                ["get_team_repository"] = 2,
                ["list_environments"] = 1,
                ["list_variables"] = 1,
                ["get_vulnerability_alerts"] = 1,
                ["list_rulesets"] = 1,
                ["get_ruleset"] = 1,
            });
        (await StatusAsync(app)).Should().Be(before);
    }

    // What its environments say makes the application reconcile; that must cost GitHub nothing.
    private async Task ExpectIdleAsync(TestApp app)
    {
        var environment = app.In("staging");
        platform.Sandbox.GitHub.Requests.Reset();
        var token = Guid.NewGuid().ToString("N");
        await platform.KubectlAsync(
            "annotate", "--overwrite", "applicationenvironments.idp.dev", environment, "-n", app.Team, $"{Annotations.ReconcileRequestedAt}={token}");
        await platform.Watching.UntilAsync(
            Kinds.Environment, app.Team, environment, "handled", item => item.TextAt("status", "lastHandledReconcileAt") == token);
        platform.Sandbox.GitHub.Requests.Total.Should().Be(0);
    }

    private static async Task<string> StatusAsync(TestApp app)
    {
        var status = (await app.GetAsync())["status"]!.AsObject();
        status.Remove("lastHandledReconcileAt");
        return status.ToJsonString();
    }
}
