using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>What a repository shall be beyond its files; what is null or empty here is left alone.</summary>
public sealed record DesiredFeatures
{
    /// <summary>Nothing: all of it is left alone, and not even looked at.</summary>
    public static readonly DesiredFeatures None = new();

    /// <summary>Merge rules, homepage, issues, wiki, projects.</summary>
    public RepositorySettings Settings { get; init; } = new();

    /// <summary>Custom properties by name.</summary>
    public IReadOnlyDictionary<string, string> CustomProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>What teams may do, by slug.</summary>
    public IReadOnlyDictionary<string, TeamPermission> Teams { get; init; } = new Dictionary<string, TeamPermission>();

    /// <summary>The slugs of the reviewing teams of each environment, by its name; null where no environments are made.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Environments { get; init; }

    /// <summary>Variables by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether there are alerts.</summary>
    public bool? VulnerabilityAlerts { get; init; }

    /// <summary>The ruleset for the default branch.</summary>
    public Ruleset? Ruleset { get; init; }

    /// <summary>Whether anything of a feature is wanted.</summary>
    public bool Wants(RepositoryFeature feature) => feature switch
    {
        RepositoryFeature.Settings => Settings != new RepositorySettings(),
        RepositoryFeature.CustomProperties => CustomProperties.Count > 0,
        RepositoryFeature.Teams => Teams.Count > 0,
        RepositoryFeature.Environments => Environments is { Count: > 0 },
        RepositoryFeature.Variables => Variables.Count > 0,
        RepositoryFeature.VulnerabilityAlerts => VulnerabilityAlerts is not null,
        RepositoryFeature.Ruleset => Ruleset is not null,
        _ => false,
    };

    /// <summary>Whether anything at all is wanted.</summary>
    public bool WantsAny => Enum.GetValues<RepositoryFeature>().Any(Wants);
}
