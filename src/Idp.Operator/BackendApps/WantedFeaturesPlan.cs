using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>What platform.yaml asks of the repository of one application, placeholders filled in.</summary>
internal static class WantedFeaturesPlan
{
    /// <summary>Fills in the settings.</summary>
    public static DesiredFeatures For(BackendApp app, ResolvedApp resolved, GitHubRepositorySettings settings)
    {
        string Fill(string rule) => Placeholders.Fill(rule, name => name switch
        {
            "application" => resolved.Application,
            "team" => resolved.Team,
            "namespace" => app.Metadata.Namespace ?? "",
            _ => null,
        });
        return new DesiredFeatures
        {
            Settings = SettingsOf(settings, Fill(settings.Homepage)),
            CustomProperties = Filled(settings.CustomProperties, Fill),
            Teams = settings.Teams
                .DistinctBy(team => Fill(team.Team))
                .ToDictionary(team => Fill(team.Team), team => PermissionOf(team.Permission), StringComparer.Ordinal),
            Environments = settings.Environments is { } environments
                ? resolved.Environments.DistinctBy(each => each.Spec.Name).ToDictionary(
                    each => each.Spec.Name,
                    each => (IReadOnlyList<string>)[.. environments.Reviewers[each.Stage].Select(Fill).Distinct()],
                    StringComparer.Ordinal)
                : null,
            Variables = Filled(settings.Variables, Fill),
            VulnerabilityAlerts = settings.VulnerabilityAlerts,
            Ruleset = settings.Ruleset is { } ruleset ? RulesetOf(ruleset) : null,
        };
    }

    private static RepositorySettings SettingsOf(GitHubRepositorySettings settings, string homepage) => new()
    {
        Homepage = homepage.Length > 0 ? homepage : null,
        DeleteBranchOnMerge = settings.DeleteBranchOnMerge,
        AllowSquashMerge = settings.Merge.Squash,
        AllowMergeCommit = settings.Merge.Merge,
        AllowRebaseMerge = settings.Merge.Rebase,
        AllowAutoMerge = settings.Merge.AutoMerge,
        HasIssues = settings.HasIssues,
        HasWiki = settings.HasWiki,
        HasProjects = settings.HasProjects,
    };

    private static Dictionary<string, string> Filled(IReadOnlyDictionary<string, string> map, Func<string, string> fill) =>
        map.OrderBy(each => each.Key, StringComparer.Ordinal)
            .ToDictionary(each => each.Key, each => fill(each.Value), StringComparer.Ordinal);

    private static TeamPermission PermissionOf(RepositoryPermission permission) => permission switch
    {
        RepositoryPermission.Admin => TeamPermission.Admin,
        RepositoryPermission.Maintain => TeamPermission.Maintain,
        RepositoryPermission.Push => TeamPermission.Push,
        RepositoryPermission.Triage => TeamPermission.Triage,
        _ => TeamPermission.Pull,
    };

    private static Ruleset RulesetOf(RulesetSettings settings) => new()
    {
        Name = settings.Name,
        Enforcement = settings.Enforcement switch
        {
            RulesetEnforcementSetting.Disabled => RulesetEnforcement.Disabled,
            RulesetEnforcementSetting.Evaluate => RulesetEnforcement.Evaluate,
            _ => RulesetEnforcement.Active,
        },
        Rules = [.. RulesOf(settings)],
    };

    // Only the parameters that are ours: with the others the ruleset is made, and then they are people's.
    private static IEnumerable<RulesetRule> RulesOf(RulesetSettings settings)
    {
        yield return new RulesetRule("deletion");
        yield return new RulesetRule("non_fast_forward");
        if (settings.RequiredApprovals is { } approvals)
        {
            yield return new RulesetRule("pull_request", new JsonObject
            {
                ["required_approving_review_count"] = approvals,
            });
        }

        if (settings.RequiredChecks.Count > 0)
        {
            yield return new RulesetRule("required_status_checks", new JsonObject
            {
                ["required_status_checks"] = new JsonArray(
                    [.. settings.RequiredChecks.Select(check => new JsonObject { ["context"] = check })]),
            });
        }
    }
}
