using System.Text.Json.Nodes;
using Idp.GitHub;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Tests.Repositories.Features;

public sealed class FeaturesPlanTest
{
    private static readonly Dictionary<string, string> Properties = new() { ["team"] = "payments", ["tier"] = "1" };
    private static readonly Dictionary<string, TeamPermission> Teams = new() { ["payments"] = TeamPermission.Push };
    private static readonly Dictionary<string, string> Variables = new() { ["REGISTRY"] = "ghcr.io/acme" };
    private static readonly Ruleset Ours = new() { Name = "ours", Rules = [new RulesetRule("deletion"), Approvals(2)] };

    private static readonly DesiredFeatures Everything = new(
        new RepositorySettings { Homepage = "https://acme.dev", Switches = new RepositorySwitches { ["delete_branch_on_merge"] = true, ["allow_merge_commit"] = false } },
        [
            new CustomPropertiesFeature(Properties),
            new TeamsFeature(Teams),
            new EnvironmentsFeature(new Dictionary<string, IReadOnlyList<string>> { ["staging"] = [], ["production"] = ["payments"] }),
            new VariablesFeature(Variables),
            new VulnerabilityAlertsFeature(true),
            new RulesetFeature(Ours),
        ]);

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
        var seen = AsWanted()
            .With<IReadOnlyDictionary<string, string>>("custom properties", new Dictionary<string, string> { ["team"] = "payments", ["tier"] = "1", ["cost"] = "9" })
            .With<IReadOnlyDictionary<string, TeamPermission>>("teams", new Dictionary<string, TeamPermission>(Teams) { ["auditors"] = TeamPermission.Pull })
            .With<IReadOnlyList<DeploymentEnvironment>>("environments", [.. Environments, new DeploymentEnvironment { Name = "preview" }])
            .With<IReadOnlyDictionary<string, string>>("variables", new Dictionary<string, string>(Variables) { ["THEIRS"] = "x" });

        Plan(Live(("has_wiki", false), ("allow_squash_merge", false)), seen).Should().BeEmpty();
    }

    [Fact]
    public void EveryDrift_IsAStepOfItsOwn()
    {
        var seen = ObservedFeatures.Nothing
            .With<IReadOnlyDictionary<string, string>>("custom properties", new Dictionary<string, string> { ["team"] = "payments", ["tier"] = "9" })
            .With<IReadOnlyDictionary<string, TeamPermission>>("teams", new Dictionary<string, TeamPermission> { ["payments"] = TeamPermission.Admin })
            .With<IReadOnlyList<DeploymentEnvironment>>("environments", [new DeploymentEnvironment { Name = "staging" }, new DeploymentEnvironment { Name = "production" }])
            .With<IReadOnlyDictionary<string, string>>("variables", new Dictionary<string, string> { ["REGISTRY"] = "docker.io" })
            .With<bool?>("vulnerability alerts", false)
            .With<Ruleset?>("ruleset", new Ruleset { Id = 5, Name = "ours", Enforcement = RulesetEnforcement.Disabled });

        var steps = Plan(Live(("delete_branch_on_merge", false)), seen);

        steps.Select(step => step.Summary).Should().Equal(
            "set delete_branch_on_merge",
            "set the custom properties tier",
            "give the team payments the permission Push",
            "set the environment production with the reviewers payments",
            "set the variable REGISTRY",
            "turn vulnerability alerts on",
            "set the ruleset ours");
        steps.OfType<VariablesFeature.Set>().Single().Exists.Should().BeTrue("it is changed, not made");
        steps.OfType<RulesetFeature.Set>().Single().Wanted.Id.Should().Be(5);
    }

    [Fact]
    public void SettingsThatGitHubDoesNotShow_AreUnknown_NotDrifted() =>
        Plan(Live(("delete_branch_on_merge", null), ("allow_merge_commit", null)), AsWanted()).Should().BeEmpty();

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

        var step = Plan(Live(), AsWanted().With<IReadOnlyList<DeploymentEnvironment>>("environments", [new DeploymentEnvironment { Name = "Staging" }, theirs]))
            .Should().ContainSingle().Which.Should().BeOfType<EnvironmentsFeature.Put>().Subject;

        step.Kept.Should().BeSameAs(theirs);
        step.Reviewers.Should().Equal("payments");
    }

    [Fact]
    public void RulesThatOthersAdded_AndParametersThatAreNotOurs_StayInARulesetThatIsSetBack()
    {
        var strict = Approvals(0);
        strict.Parameters!["dismiss_stale_reviews_on_push"] = true;
        var live = new Ruleset { Id = 5, Name = "ours", Rules = [new RulesetRule("deletion"), strict, new RulesetRule("required_signatures")] };

        var wanted = Plan(Live(), AsWanted().With<Ruleset?>("ruleset", live)).OfType<RulesetFeature.Set>().Single().Wanted;

        wanted.Rules.Select(rule => rule.Type).Should().Equal("deletion", "pull_request", "required_signatures");
        var parameters = wanted.Rules[1].Parameters!;
        parameters["required_approving_review_count"]!.GetValue<int>().Should().Be(2);
        parameters["dismiss_stale_reviews_on_push"]!.GetValue<bool>().Should().BeTrue();
        Plan(Live(), AsWanted().With<Ruleset?>("ruleset", wanted)).Should().BeEmpty();
    }

    [Fact]
    public void ANewRuleset_HasEveryParameterThatGitHubAsksFor()
    {
        var wanted = Plan(Live(), AsWanted().With<Ruleset?>("ruleset", null)).OfType<RulesetFeature.Set>().Single().Wanted;

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
            Refusals = [new FeatureRefusal("variables", "R", "M"), new FeatureRefusal("settings", "R", "M")],
        };

        var steps = Plan(Live(("delete_branch_on_merge", false)), refused);

        steps.Should().NotContain(step => step is VariablesFeature.Set || step is RepositoryStep.Update);
        steps.Select(step => step.GetType()).Should().Contain([typeof(TeamsFeature.Give), typeof(RulesetFeature.Set)]);
        Plan(Live(("delete_branch_on_merge", false)), new ObservedFeatures { IsSettled = true }).Should().BeEmpty();
    }

    [Fact]
    public void ARefusedFeature_DoesNotKeepTheDescriptionFromBeingSet()
    {
        var refused = AsWanted() with { Refusals = [new FeatureRefusal("settings", "R", "M")] };

        var step = Plan(Live(("delete_branch_on_merge", false)) with { Description = "edited" }, refused)
            .Should().ContainSingle().Which.Should().BeOfType<RepositoryStep.Update>().Subject;

        step.Along.Should().Be(new RepositorySettings());
    }

    [Fact]
    public void WithoutAnyFeature_NothingIsWantedAndNothingDone()
    {
        DesiredFeatures.None.WantsAny.Should().BeFalse();
        RepositoryPlan.For(Known with { Features = DesiredFeatures.None }, Seen(Live(("allow_merge_commit", true)), ObservedFeatures.Nothing))
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

    private static IReadOnlyList<DeploymentEnvironment> Environments =>
        [new() { Name = "staging" }, new() { Name = "production", Reviewers = [EnvironmentReviewer.Team(1, "payments")] }];

    private static ObservedFeatures AsWanted() => ObservedFeatures.Nothing
        .With<IReadOnlyDictionary<string, string>>("custom properties", Properties)
        .With<IReadOnlyDictionary<string, TeamPermission>>("teams", Teams)
        .With("environments", Environments)
        .With<IReadOnlyDictionary<string, string>>("variables", Variables)
        .With<bool?>("vulnerability alerts", true)
        .With<Ruleset?>("ruleset", Ours with { Id = 5 });

    private static RulesetRule Approvals(int count) =>
        new("pull_request", new JsonObject { ["required_approving_review_count"] = count });

    private static Repository Live(params (string Name, bool? On)[] others) => new()
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
        Switches = RepositorySwitches.Of(new (string Name, bool? On)[] { ("delete_branch_on_merge", true), ("allow_merge_commit", false) }
            .ExceptBy(others.Select(each => each.Name), each => each.Name).Concat(others)),
    };
}
