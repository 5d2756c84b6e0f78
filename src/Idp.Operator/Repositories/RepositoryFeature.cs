namespace Idp.Operator.Repositories;

/// <summary>The parts of a repository beyond its files, in the order in which they are set.</summary>
public enum RepositoryFeature
{
    /// <summary>Merge rules, homepage, issues, wiki, projects.</summary>
    Settings,

    /// <summary>Values of the organisation's custom properties.</summary>
    CustomProperties,

    /// <summary>What teams may do.</summary>
    Teams,

    /// <summary>The environments that workflows deploy to.</summary>
    Environments,

    /// <summary>The variables of workflows.</summary>
    Variables,

    /// <summary>Alerts about known vulnerabilities.</summary>
    VulnerabilityAlerts,

    /// <summary>What guards the default branch; last, for it may forbid what comes before.</summary>
    Ruleset,
}
