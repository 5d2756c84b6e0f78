using Idp.GitHub;
using Idp.Operator.BackendApps;
using Idp.Operator.Settings;
using Idp.Operator.Tests.Settings;

namespace Idp.Operator.Tests.BackendApps;

public sealed class WantedFeaturesPlanTest
{
    [Fact]
    public void ByDefault_OnlyTheMergeRulesAreOwned()
    {
        var features = ResolvedApp.Of(Apps.Read("{}"), Apps.Settings, "payments").Features;

        features.Settings.Should().Be(new RepositorySettings
        {
            DeleteBranchOnMerge = true,
            AllowSquashMerge = true,
            AllowMergeCommit = false,
            AllowRebaseMerge = false,
        });
        (features with { Settings = new RepositorySettings() }).WantsAny.Should().BeFalse("each would cost a request");
    }

    [Fact]
    public void PlaceholdersAreThoseOfTheApplication_AndEnvironmentsHaveTheReviewersOfTheirStage()
    {
        var settings = PlatformSettingsLoaderTest.Load("""
            github:
              owner: acme
              repository:
                homepage: https://portal.acme.dev/{namespace}/{application}
                teams: [{team: "{team}", permission: Push}, {team: platform, permission: Admin}]
                variables: {TEAM: "{team}"}
                customProperties: {team: "{team}"}
                environments: {reviewers: {Production: ["{team}", platform]}}
                vulnerabilityAlerts: false
                ruleset: {requiredApprovals: null, requiredChecks: [test]}
            ingress: {domain: apps.acme.dev}
            """);

        var features = ResolvedApp.Of(Apps.Read("{}"), settings, "payments").Features;

        features.Settings.Homepage.Should().Be("https://portal.acme.dev/team-payments/payment-service");
        features.Teams.Should().Equal(new Dictionary<string, TeamPermission> { ["payments"] = TeamPermission.Push, ["platform"] = TeamPermission.Admin });
        features.Variables["TEAM"].Should().Be("payments");
        features.CustomProperties["team"].Should().Be("payments");
        features.Environments!["staging"].Should().BeEmpty();
        features.Environments["production"].Should().Equal("payments", "platform");
        features.VulnerabilityAlerts.Should().BeFalse();
        features.Ruleset!.Rules.Select(rule => rule.Type).Should().Equal("deletion", "non_fast_forward", "required_status_checks");
        features.Ruleset.Include.Should().Equal("~DEFAULT_BRANCH");
    }

    [Fact]
    public void ANewLookIsDue_OnceTheWishesChange()
    {
        string Version(GitHubRepositorySettings repository, string? team = "payments")
        {
            var settings = Apps.Settings with { GitHub = Apps.Settings.GitHub with { Repository = repository } };
            return ResolvedApp.Of(Apps.Read("{}"), settings, team).RepositoryVersion(Apps.Read("{}"), settings);
        }

        var first = Version(new GitHubRepositorySettings { Variables = new Dictionary<string, string> { ["A"] = "1" } });

        Version(new GitHubRepositorySettings { Variables = new Dictionary<string, string> { ["A"] = "1" } }).Should().Be(first);
        Version(new GitHubRepositorySettings { Variables = new Dictionary<string, string> { ["A"] = "2" } }).Should().NotBe(first);
        Version(new GitHubRepositorySettings { Variables = new Dictionary<string, string> { ["A"] = "1" } }, "billing").Should().NotBe(first);
    }

    [Fact]
    public void ASuspendedApplication_AsksNothingOfGitHub() =>
        BackendAppPlan.RepositoryOf(Apps.Read("""{"suspend": true}"""), ResolvedApp.Of(Apps.Read("{}"), Apps.Settings, null))
            .Features.WantsAny.Should().BeFalse();
}
