using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>What a repository is beyond its files, as far as it was looked at.</summary>
public sealed record ObservedFeatures
{
    /// <summary>A repository that has just been made: there is nothing in it, so it need not be looked at.</summary>
    public static readonly ObservedFeatures Nothing = new();

    /// <summary>
    /// Whether all that can be done was done after this was seen: then nothing is tried again before the next look, neither
    /// what was refused nor what GitHub did not take.
    /// </summary>
    public bool IsSettled { get; init; }

    /// <summary>Custom properties by name.</summary>
    public IReadOnlyDictionary<string, string> CustomProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>What the teams that were asked for may do; a team that may do nothing is not in it.</summary>
    public IReadOnlyDictionary<string, TeamPermission> Teams { get; init; } = new Dictionary<string, TeamPermission>();

    /// <summary>All environments.</summary>
    public IReadOnlyList<DeploymentEnvironment> Environments { get; init; } = [];

    /// <summary>All variables by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether there are alerts; null where that was not looked at.</summary>
    public bool? VulnerabilityAlerts { get; init; }

    /// <summary>The ruleset that was asked for.</summary>
    public Ruleset? Ruleset { get; init; }

    /// <summary>What GitHub refused to show, or to do.</summary>
    public IReadOnlyList<FeatureRefusal> Refusals { get; init; } = [];

    /// <summary>Whether it is of no use to try a feature.</summary>
    public bool IsRefused(RepositoryFeature feature) => IsSettled || Refusals.Any(refusal => refusal.Feature == feature);
}
