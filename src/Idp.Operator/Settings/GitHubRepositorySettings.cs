using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>What every repository is beyond its files: only what is set here is owned, everything else is left alone.</summary>
/// <remarks>
/// <c>null</c> takes a default away: then nobody but people decides. Texts know <c>{application}</c>, <c>{team}</c> and <c>{namespace}</c>,
/// which is that of the BackendApp.
/// </remarks>
public sealed record GitHubRepositorySettings
{
    /// <summary>Whether branches are deleted once they are merged.</summary>
    public bool? DeleteBranchOnMerge { get; init; } = true;

    /// <summary>In which ways pull requests may be merged.</summary>
    public MergeSettings Merge { get; init; } = new();

    /// <summary>The address that is shown beside the description; left alone if empty.</summary>
    public string Homepage { get; init; } = "";

    /// <summary>Whether repositories have issues; left alone if not set.</summary>
    public bool? HasIssues { get; init; }

    /// <summary>Whether repositories have a wiki; left alone if not set.</summary>
    public bool? HasWiki { get; init; }

    /// <summary>Whether repositories have projects; left alone if not set.</summary>
    public bool? HasProjects { get; init; }

    /// <summary>What teams may do; other teams, and people, are left alone.</summary>
    public IReadOnlyList<TeamPermissionSettings> Teams { get; init; } = [];

    /// <summary>Values of the organisation's custom properties.</summary>
    public IReadOnlyDictionary<string, string> CustomProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>The environments that workflows deploy to; none are made if not set.</summary>
    public GitHubEnvironmentsSettings? Environments { get; init; }

    /// <summary>Variables of workflows.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether GitHub tells of known vulnerabilities; left alone if not set.</summary>
    public bool? VulnerabilityAlerts { get; init; }

    /// <summary>What guards the default branch; none is made if not set.</summary>
    /// <remarks>Not set by default: GitHub refuses it for private repositories of free plans, and it stops workflows that push.</remarks>
    public RulesetSettings? Ruleset { get; init; }
}

/// <summary>In which ways pull requests may be merged; null leaves a way alone.</summary>
public sealed record MergeSettings
{
    /// <summary>As one commit.</summary>
    public bool? Squash { get; init; } = true;

    /// <summary>With a merge commit.</summary>
    public bool? Merge { get; init; } = false;

    /// <summary>By rebasing.</summary>
    public bool? Rebase { get; init; } = false;

    /// <summary>By itself, once all that is required is there; GitHub ignores it where the plan lacks it.</summary>
    public bool? AutoMerge { get; init; }
}

/// <summary>What one team may do in every repository.</summary>
public sealed record TeamPermissionSettings
{
    /// <summary>The slug of the team; knows <c>{team}</c>.</summary>
    public required string Team { get; init; }

    /// <summary>What it may do.</summary>
    public required RepositoryPermission Permission { get; init; }
}

/// <summary>What a team may do in a repository; each permission holds those above it in this list.</summary>
[JsonConverter(typeof(StrictEnumConverter<RepositoryPermission>))]
public enum RepositoryPermission
{
    /// <summary>Read it.</summary>
    Pull,

    /// <summary>Manage issues and pull requests as well.</summary>
    Triage,

    /// <summary>Push to it as well.</summary>
    Push,

    /// <summary>Manage it, without what is dangerous.</summary>
    Maintain,

    /// <summary>Everything.</summary>
    Admin,
}

/// <summary>One GitHub environment for each environment of the application, under the same name.</summary>
/// <remarks>https://docs.github.com/en/actions/managing-workflow-runs-and-deployments/managing-deployments/managing-environments-for-deployment</remarks>
public sealed record GitHubEnvironmentsSettings
{
    /// <summary>Who has to approve a deployment.</summary>
    public ReviewersSettings Reviewers { get; init; } = new();
}

/// <summary>The slugs of the teams that approve deployments, by stage; they know <c>{team}</c>. A stage without any is left alone.</summary>
public sealed record ReviewersSettings
{
    /// <summary>For the stage for work in progress.</summary>
    [JsonPropertyName("Development")]
    public IReadOnlyList<string> Development { get; init; } = [];

    /// <summary>For the stage for a last look.</summary>
    [JsonPropertyName("Staging")]
    public IReadOnlyList<string> Staging { get; init; } = [];

    /// <summary>For the stage that serves.</summary>
    [JsonPropertyName("Production")]
    public IReadOnlyList<string> Production { get; init; } = [];

    /// <summary>The teams of one stage.</summary>
    public IReadOnlyList<string> this[Stage stage] => stage switch
    {
        Stage.Production => Production,
        Stage.Staging => Staging,
        _ => Development,
    };
}

/// <summary>The ruleset for the default branch: nobody deletes it or forces it, and what else is set here.</summary>
/// <remarks>
/// Rules that people add to it, and who may bypass it, are left alone.
/// https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
/// </remarks>
public sealed record RulesetSettings
{
    /// <summary>The name, by which it is found again.</summary>
    public string Name { get; init; } = "idp-default-branch";

    /// <summary>How many approvals a change needs; 0 asks for a pull request only, null for none.</summary>
    public int? RequiredApprovals { get; init; } = 1;

    /// <summary>The checks that must have passed.</summary>
    public IReadOnlyList<string> RequiredChecks { get; init; } = [];

    /// <summary>Whether it holds.</summary>
    public RulesetEnforcementSetting Enforcement { get; init; } = RulesetEnforcementSetting.Active;
}

/// <summary>Whether the ruleset holds.</summary>
[JsonConverter(typeof(StrictEnumConverter<RulesetEnforcementSetting>))]
public enum RulesetEnforcementSetting
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>It only tells whom it would have stopped; GitHub Enterprise alone knows that.</summary>
    Evaluate,

    /// <summary>It does not.</summary>
    Disabled,
}
