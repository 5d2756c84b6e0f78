using System.Text.Json.Nodes;
using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>The calls on what a repository is beyond its files.</summary>
internal static class AdministrationCalls
{
    public static IReadOnlyList<ContractCall> All { get; } =
    [
        new("teams", async session =>
        {
            var (github, made) = await BeginAsync(session, "teams");
            (await github.Teams.GetIdAsync("acme", "platform", default)).Should().BePositive();
            (await github.Teams.FindAsync(made, "platform", default)).Should().BeNull();
            await github.Teams.GrantAsync(made, "platform", TeamPermission.Maintain, default);
            (await github.Teams.FindAsync(made, "platform", default)).Should().Be(TeamPermission.Maintain);
        }),
        new("no-such-team", async session =>
        {
            var (github, made) = await BeginAsync(session, "no-such-team");
            var grant = () => github.Teams.GrantAsync(made, "nobody", TeamPermission.Pull, default);
            await grant.Should().ThrowAsync<GitHubException>();
        }),
        new("properties", async session =>
        {
            var (github, made) = await BeginAsync(session, "properties");
            await github.Properties.SetAsync(made, new Dictionary<string, string> { ["team"] = "team-payments" }, default);
            (await github.Properties.ListAsync(made, default))["team"].Should().Be("team-payments");
        }),
        new("environments", async session =>
        {
            var (github, made) = await BeginAsync(session, "environments");
            var reviewer = EnvironmentReviewer.Team(await github.Teams.GetIdAsync("acme", "platform", default), "platform");
            await github.Environments.PutAsync(made, new DeploymentEnvironment { Name = "staging" }, default);
            await github.Environments.PutAsync(made, new DeploymentEnvironment { Name = "production/eu", Reviewers = [reviewer], WaitTimer = 5 }, default);
            (await github.Environments.ListAsync(made, default)).Select(each => each.Name).Should().BeEquivalentTo("staging", "production/eu");
        }),
        new("variables", async session =>
        {
            var (github, made) = await BeginAsync(session, "variables");
            await github.Variables.CreateAsync(made, "REGISTRY", "ghcr.io/acme", default);
            await github.Variables.CreateAsync(made, "REGISTRY", "ghcr.io/other", default);
            (await github.Variables.ListAsync(made, default))["REGISTRY"].Should().Be("ghcr.io/other");
        }),
        new("alerts", async session =>
        {
            var (github, made) = await BeginAsync(session, "alerts");
            (await github.Alerts.AreOnAsync(made, default)).Should().BeFalse();
            await github.Alerts.SetAsync(made, on: true, default);
            (await github.Alerts.AreOnAsync(made, default)).Should().BeTrue();
            await github.Alerts.SetAsync(made, on: false, default);
        }),
        new("rulesets", async session =>
        {
            var (github, made) = await BeginAsync(session, "rulesets");
            var wanted = new Ruleset
            {
                Name = "idp-default-branch",
                Rules = [new RulesetRule("deletion"), new RulesetRule("non_fast_forward"), new RulesetRule("pull_request", PullRequest(1))],
            };
            var ruleset = await github.Rulesets.CreateAsync(made, wanted, default);
            await github.Rulesets.UpdateAsync(made, ruleset with { Enforcement = RulesetEnforcement.Disabled }, default);
            (await github.Rulesets.FindAsync(made, "idp-default-branch", default))!.Enforcement.Should().Be(RulesetEnforcement.Disabled);
        }),
    ];

    private static async Task<(RepositoryAdministration GitHub, Repository Repository)> BeginAsync(ContractSession session, string name) =>
        (session.Client.Administration, await session.CreateAsync(name));

    private static JsonObject PullRequest(int approvals) => new()
    {
        ["required_approving_review_count"] = approvals,
        ["dismiss_stale_reviews_on_push"] = false,
        ["require_code_owner_review"] = false,
        ["require_last_push_approval"] = false,
        ["required_review_thread_resolution"] = false,
    };
}
