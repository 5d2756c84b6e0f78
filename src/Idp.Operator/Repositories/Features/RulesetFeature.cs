using System.Text.Json.Nodes;
using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories.Features;

/// <summary>What guards the default branch; rules and parameters that others add to it are left alone.</summary>
/// <param name="Wanted">The ruleset, with the parameters that are ours.</param>
public sealed record RulesetFeature(Ruleset Wanted) : RepositoryFeature<Ruleset?>("ruleset", null)
{
    // What a workflow that pushes to the default branch can live with: nobody reviews its commits, and no checks run there.
    private static readonly string[] OfDeployment = ["deletion", "non_fast_forward"];

    /// <inheritdoc/>
    internal override RepositoryFeature ForDeployment =>
        new RulesetFeature(Wanted with { Rules = [.. Wanted.Rules.Where(rule => OfDeployment.Contains(rule.Type))] });

    internal static RepositoryFeature? Of(FeatureRequest request) => request.Settings.Ruleset is { } settings
        ? new RulesetFeature(new Ruleset
        {
            Name = settings.Name,
            Enforcement = settings.Enforcement switch
            {
                RulesetEnforcementSetting.Disabled => RulesetEnforcement.Disabled,
                RulesetEnforcementSetting.Evaluate => RulesetEnforcement.Evaluate,
                _ => RulesetEnforcement.Active,
            },
            Rules = [.. RulesOf(settings)],
        })
        : null;

    /// <inheritdoc/>
    protected override Task<Ruleset?> ReadAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
        github.Rulesets.FindAsync(repository, Wanted.Name, cancellationToken);

    /// <inheritdoc/>
    protected override IEnumerable<FeatureStep> Compare(Ruleset? present) =>
        RulesetPlan.For(Wanted, present) is { } ruleset ? [new Set(Name, ruleset)] : [];

    // Only the parameters that are ours: with the others the ruleset is made, and then they are people's.
    private static IEnumerable<RulesetRule> RulesOf(RulesetSettings settings)
    {
        yield return new RulesetRule("deletion");
        yield return new RulesetRule("non_fast_forward");
        if (settings.RequiredApprovals is { } approvals)
        {
            yield return new RulesetRule("pull_request", new JsonObject { ["required_approving_review_count"] = approvals });
        }

        if (settings.RequiredChecks.Count > 0)
        {
            yield return new RulesetRule("required_status_checks", new JsonObject
            {
                ["required_status_checks"] = new JsonArray([.. settings.RequiredChecks.Select(check => new JsonObject { ["context"] = check })]),
            });
        }
    }

    /// <summary>Makes the ruleset, or sets it back.</summary>
    internal sealed record Set(string Feature, Ruleset Wanted) : FeatureStep(Feature, $"set the ruleset {Wanted.Name}")
    {
        protected override Task SetAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) => Wanted.Id == 0
            ? github.Rulesets.CreateAsync(repository, Wanted, cancellationToken)
            : github.Rulesets.UpdateAsync(repository, Wanted, cancellationToken);
    }
}
