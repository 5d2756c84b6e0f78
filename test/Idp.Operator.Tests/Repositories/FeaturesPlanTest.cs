using System.Text.Json.Nodes;
using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.Repositories;

public sealed class FeaturesPlanTest
{
    private static readonly DesiredFeatures Everything = new()
    {
        Settings = new RepositorySettings { DeleteBranchOnMerge = true, AllowMergeCommit = false, Homepage = "https://acme.dev" },
        CustomProperties = new Dictionary<string, string> { ["team"] = "payments", ["tier"] = "1" },
        Teams = new Dictionary<string, TeamPermission> { ["payments"] = TeamPermission.Push },
        Environments = new Dictionary<string, IReadOnlyList<string>> { ["staging"] = [], ["production"] = ["payments"] },
        Variables = new Dictionary<string, string> { ["REGISTRY"] = "ghcr.io/acme" },
        VulnerabilityAlerts = true,
        Ruleset = new Ruleset { Name = "ours", Rules = [new RulesetRule("deletion"), Approvals(2)] },
    };

    [Fact]
    public void ANewRepository_GetsEverythingAfterItsFirstCommit_TheRulesetLast()
    {
        var steps = RepositoryPlan.For(Known with { KnownId = null, KnownCommit = null }, ObservedRepository.None).Steps;

        steps.Select(step => step.Summary).Should().Equal(
            "create acme/payment-service",
            "commit the golden path",
            "set the description and homepage, delete_branch_on_merge, allow_merge_commit",
            "set the custom properties team, tier",
            "give the team payments the permission Push",
            "set the environment staging",
            "set the environment production with the reviewers payments",
            "set the variable REGISTRY",
            "turn vulnerability alerts on",
            "set the ruleset ours");
        var update = steps[2].Should().BeOfType<RepositoryStep.Update>().Subject;
        update.Settings.Should().Be(new RepositorySettings { Description = "Takes card payments." });
        update.Along.Should().Be(Everything.Settings);
    }

    [Fact]
    public void ARepositoryAsWanted_NeedsNothing() => Plan(Live(), AsWanted()).Should().BeEmpty();

    [Fact]
    public void WhatIsNotOwned_IsLeftAlone()
    {
        var seen = AsWanted() with
        {
            CustomProperties = new Dictionary<string, string> { ["team"] = "payments", ["tier"] = "1", ["cost"] = "9" },
            Teams = new Dictionary<string, TeamPermission> { ["payments"] = TeamPermission.Push, ["auditors"] = TeamPermission.Pull },
            Environments = [.. AsWanted().Environments, new DeploymentEnvironment { Name = "preview" }],
            Variables = new Dictionary<string, string> { ["REGISTRY"] = "ghcr.io/acme", ["THEIRS"] = "x" },
        };

        Plan(Live() with { HasWiki = false, AllowSquashMerge = false }, seen).Should().BeEmpty();
    }

    [Fact]
    public void EveryDrift_IsAStepOfItsOwn()
    {
        var seen = new ObservedFeatures
        {
            CustomProperties = new Dictionary<string, string> { ["team"] = "payments", ["tier"] = "9" },
            Teams = new Dictionary<string, TeamPermission> { ["payments"] = TeamPermission.Admin },
            Environments = [new DeploymentEnvironment { Name = "staging" }, new DeploymentEnvironment { Name = "production" }],
            Variables = new Dictionary<string, string> { ["REGISTRY"] = "docker.io" },
            VulnerabilityAlerts = false,
            Ruleset = new Ruleset { Id = 5, Name = "ours", Enforcement = RulesetEnforcement.Disabled },
        };

        var steps = Plan(Live() with { DeleteBranchOnMerge = false }, seen);

        steps.Select(step => step.Summary).Should().Equal(
            "set delete_branch_on_merge",
            "set the custom properties tier",
            "give the team payments the permission Push",
            "set the environment production with the reviewers payments",
            "set the variable REGISTRY",
            "turn vulnerability alerts on",
            "set the ruleset ours");
        steps.OfType<FeatureStep.Variable>().Single().Exists.Should().BeTrue("it is changed, not made");
        steps.OfType<FeatureStep.Rules>().Single().Wanted.Id.Should().Be(5);
    }

    [Fact]
    public void SettingsThatGitHubDoesNotShow_AreUnknown_NotDrifted() =>
        Plan(Live() with { DeleteBranchOnMerge = null, AllowMergeCommit = null }, AsWanted()).Should().BeEmpty();

    [Fact]
    public void AnEnvironmentThatGetsItsReviewersBack_KeepsWhatElseProtectsIt()
    {
        var theirs = new DeploymentEnvironment
        {
            Name = "production",
            WaitTimer = 30,
            PreventSelfReview = true,
            BranchPolicy = new DeploymentBranchPolicy(true, false),
            Reviewers = [EnvironmentReviewer.Team(1, "payments"), new EnvironmentReviewer("User", 2, "mallory")],
        };

        var step = Plan(Live(), AsWanted() with { Environments = [new DeploymentEnvironment { Name = "Staging" }, theirs] })
            .Should().ContainSingle().Which.Should().BeOfType<FeatureStep.Environment>().Subject;

        step.Kept.Should().BeSameAs(theirs);
        step.Reviewers.Should().Equal("payments");
    }

    [Fact]
    public void RulesThatOthersAdded_AndParametersThatAreNotOurs_StayInARulesetThatIsSetBack()
    {
        var strict = Approvals(0);
        strict.Parameters!["dismiss_stale_reviews_on_push"] = true;
        var live = new Ruleset { Id = 5, Name = "ours", Rules = [new RulesetRule("deletion"), strict, new RulesetRule("required_signatures")] };

        var wanted = Plan(Live(), AsWanted() with { Ruleset = live }).OfType<FeatureStep.Rules>().Single().Wanted;

        wanted.Rules.Select(rule => rule.Type).Should().Equal("deletion", "pull_request", "required_signatures");
        var parameters = wanted.Rules[1].Parameters!;
        parameters["required_approving_review_count"]!.GetValue<int>().Should().Be(2);
        parameters["dismiss_stale_reviews_on_push"]!.GetValue<bool>().Should().BeTrue();
        Plan(Live(), AsWanted() with { Ruleset = wanted }).Should().BeEmpty();
    }

    [Fact]
    public void ANewRuleset_HasEveryParameterThatGitHubAsksFor()
    {
        var wanted = Plan(Live(), AsWanted() with { Ruleset = null }).OfType<FeatureStep.Rules>().Single().Wanted;

        wanted.Rules[1].Parameters!.Select(parameter => parameter.Key).Should().BeEquivalentTo(
            "required_approving_review_count",
            "dismiss_stale_reviews_on_push",
            "require_code_owner_review",
            "require_last_push_approval",
            "required_review_thread_resolution");
    }

    [Fact]
    public void ARefusedFeature_IsNotTriedBeforeTheNextLook_AndTheOthersAre()
    {
        var refused = new ObservedFeatures
        {
            Refusals = [new FeatureRefusal(RepositoryFeature.Variables, "R", "M"), new FeatureRefusal(RepositoryFeature.Settings, "R", "M")],
        };

        var steps = Plan(Live() with { DeleteBranchOnMerge = false }, refused);

        steps.Should().NotContain(step => step is FeatureStep.Variable || step is FeatureStep.Settings);
        steps.Select(step => step.GetType()).Should().Contain([typeof(FeatureStep.Team), typeof(FeatureStep.Rules)]);
        Plan(Live() with { DeleteBranchOnMerge = false }, new ObservedFeatures { IsSettled = true }).Should().BeEmpty();
    }

    [Fact]
    public void ARefusedFeature_DoesNotKeepTheDescriptionFromBeingSet()
    {
        var refused = AsWanted() with { Refusals = [new FeatureRefusal(RepositoryFeature.Settings, "R", "M")] };

        var step = Plan(Live() with { Description = "edited", DeleteBranchOnMerge = false }, refused)
            .Should().ContainSingle().Which.Should().BeOfType<RepositoryStep.Update>().Subject;

        step.Along.Should().Be(new RepositorySettings());
    }

    [Fact]
    public void WithoutAnyFeature_NothingIsWantedAndNothingDone()
    {
        DesiredFeatures.None.WantsAny.Should().BeFalse();
        RepositoryPlan.For(Known with { Features = DesiredFeatures.None }, Seen(Live() with { AllowMergeCommit = true }, ObservedFeatures.Nothing))
            .Steps.Should().BeEmpty();
    }

    private static DesiredRepository Known => new()
    {
        Owner = "acme",
        Name = "payment-service",
        Description = "Takes card payments.",
        Visibility = RepositoryVisibility.Private,
        BelongsTo = new RepositoryOwner("11111111-1111-1111-1111-111111111111", "team-payments/payment-service"),
        KnownId = 7,
        KnownCommit = "c0ffee",
        Features = Everything,
    };

    private static IReadOnlyList<RepositoryStep> Plan(Repository live, ObservedFeatures features) =>
        RepositoryPlan.For(Known, Seen(live, features)).Steps;

    private static ObservedRepository Seen(Repository live, ObservedFeatures features) =>
        new() { Repository = live, Head = "c0ffee", IsProven = true, IsLaid = true, Features = features };

    private static ObservedFeatures AsWanted() => new()
    {
        CustomProperties = Everything.CustomProperties,
        Teams = Everything.Teams,
        Environments =
        [
            new DeploymentEnvironment { Name = "staging" },
            new DeploymentEnvironment { Name = "production", Reviewers = [EnvironmentReviewer.Team(1, "payments")] },
        ],
        Variables = Everything.Variables,
        VulnerabilityAlerts = true,
        Ruleset = Everything.Ruleset! with { Id = 5 },
    };

    private static RulesetRule Approvals(int count) =>
        new("pull_request", new JsonObject { ["required_approving_review_count"] = count });

    private static Repository Live() => new()
    {
        Id = 7,
        Owner = "acme",
        Name = "payment-service",
        Description = "Takes card payments.",
        Homepage = "https://acme.dev",
        Visibility = RepositoryVisibility.Private,
        DefaultBranch = "main",
        HtmlUrl = "https://github.com/acme/payment-service",
        CloneUrl = "https://github.com/acme/payment-service.git",
        DeleteBranchOnMerge = true,
        AllowMergeCommit = false,
    };
}
