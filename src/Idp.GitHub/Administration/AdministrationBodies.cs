using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>Some of the environments.</summary>
internal sealed record EnvironmentPage(List<EnvironmentBody> Environments);

/// <summary>An environment, read.</summary>
internal sealed record EnvironmentBody(string Name, List<ProtectionBody>? ProtectionRules, DeploymentBranchPolicy? DeploymentBranchPolicy)
{
    public DeploymentEnvironment ToEnvironment()
    {
        var review = ProtectionRules?.FirstOrDefault(rule => rule.Type == "required_reviewers");
        return new DeploymentEnvironment
        {
            Name = Name,
            WaitTimer = ProtectionRules?.FirstOrDefault(rule => rule.Type == "wait_timer")?.WaitTimer ?? 0,
            PreventSelfReview = review?.PreventSelfReview ?? false,
            Reviewers = [.. review?.Reviewers?.Select(each => each.ToReviewer()) ?? []],
            BranchPolicy = DeploymentBranchPolicy,
        };
    }
}

/// <summary>One of the rules that protect an environment; the type says which members are there.</summary>
internal sealed record ProtectionBody(string Type, int? WaitTimer, bool? PreventSelfReview, List<ReviewerBody>? Reviewers);

/// <summary>A reviewer, read.</summary>
internal sealed record ReviewerBody(string Type, ReviewerHead Reviewer)
{
    public EnvironmentReviewer ToReviewer() => new(Type, Reviewer.Id, Reviewer.Slug ?? Reviewer.Login);
}

/// <summary>The user or team that reviews.</summary>
internal sealed record ReviewerHead(long Id, string? Slug, string? Login);

/// <summary>An environment, to be written: whole, because GitHub may take back what is left out.</summary>
internal sealed record NewEnvironment(
    int WaitTimer,
    bool PreventSelfReview,
    IReadOnlyList<NewReviewer> Reviewers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DeploymentBranchPolicy? DeploymentBranchPolicy)
{
    public static NewEnvironment From(DeploymentEnvironment environment) => new(
        environment.WaitTimer,
        environment.PreventSelfReview,
        [.. environment.Reviewers.Select(reviewer => new NewReviewer(reviewer.Type, reviewer.Id))],
        environment.BranchPolicy);
}

/// <summary>A reviewer, to be written.</summary>
internal sealed record NewReviewer(string Type, long Id);

/// <summary>Some of the variables.</summary>
internal sealed record VariablePage(List<VariableBody> Variables);

/// <summary>A variable.</summary>
internal sealed record VariableBody(string Name, string Value);

/// <summary>A ruleset as lists show it.</summary>
internal sealed record RulesetHead(long Id, string Name, string? Target, string? SourceType);

/// <summary>A ruleset, read.</summary>
internal sealed record RulesetBody(
    long Id, string Name, RulesetEnforcement Enforcement, RulesetConditions? Conditions, List<RulesetRule>? Rules)
{
    public Ruleset ToRuleset() => new()
    {
        Id = Id,
        Name = Name,
        Enforcement = Enforcement,
        Include = Conditions?.RefName?.Include ?? [],
        Exclude = Conditions?.RefName?.Exclude ?? [],
        Rules = Rules ?? [],
    };
}

/// <summary>What a ruleset is for.</summary>
internal sealed record RulesetConditions(RefNames? RefName);

/// <summary>The branches that a ruleset is for.</summary>
internal sealed record RefNames(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);

/// <summary>A ruleset, to be written.</summary>
internal sealed record NewRuleset(
    string Name, string Target, RulesetEnforcement Enforcement, RulesetConditions Conditions, IReadOnlyList<RulesetRule> Rules)
{
    public static NewRuleset From(Ruleset ruleset) => new(
        ruleset.Name,
        "branch",
        ruleset.Enforcement,
        new RulesetConditions(new RefNames(ruleset.Include, ruleset.Exclude)),
        ruleset.Rules);
}
