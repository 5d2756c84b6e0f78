using Idp.GitHub;
using Idp.Operator.BackendApps;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Settings;
using Idp.Operator.Tests.BackendApps;
using Idp.Operator.Tests.Settings;

namespace Idp.Operator.Tests.Repositories.Features;

public sealed class DesiredFeaturesTest
{
    [Fact]
    public void ByDefault_OnlyTheMergeRulesAreOwned()
    {
        var features = ResolvedApp.Of(Apps.Read("{}"), Apps.Settings, "payments").Features;

        features.Settings.Should().Be(new RepositorySettings
        {
            Switches = new RepositorySwitches
            {
                ["delete_branch_on_merge"] = true,
                ["allow_squash_merge"] = true,
                ["allow_merge_commit"] = false,
                ["allow_rebase_merge"] = false,
            },
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
        features.Find<TeamsFeature>()!.Permissions.Should().Equal(new Dictionary<string, TeamPermission> { ["payments"] = TeamPermission.Push, ["platform"] = TeamPermission.Admin });
        features.Find<VariablesFeature>()!.Values["TEAM"].Should().Be("payments");
        features.Find<CustomPropertiesFeature>()!.Values["team"].Should().Be("payments");
        features.Find<EnvironmentsFeature>()!.Reviewers["staging"].Should().BeEmpty();
        features.Find<EnvironmentsFeature>()!.Reviewers["production"].Should().Equal("payments", "platform");
        features.Find<VulnerabilityAlertsFeature>()!.On.Should().BeFalse();
        features.Find<RulesetFeature>()!.Wanted.Rules.Select(rule => rule.Type).Should().Equal("deletion", "non_fast_forward", "required_status_checks");
        features.Find<RulesetFeature>()!.Wanted.Include.Should().Equal("~DEFAULT_BRANCH");
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
