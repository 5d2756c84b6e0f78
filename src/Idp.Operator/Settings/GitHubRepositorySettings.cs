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
