using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>A step whose refusal keeps no other from being done.</summary>
/// <param name="Feature">What it is about.</param>
/// <param name="Summary">The step for people.</param>
public abstract record FeatureStep(RepositoryFeature Feature, string Summary) : RepositoryStep(Summary)
{
    /// <summary>Sets what differs of the settings that the platform decides.</summary>
    public sealed record Settings(RepositorySettings Values)
        : FeatureStep(RepositoryFeature.Settings, $"set {RepositorySettingsPlan.Name(Values)}");

    /// <summary>Sets custom properties.</summary>
    public sealed record Properties(IReadOnlyDictionary<string, string> Values)
        : FeatureStep(RepositoryFeature.CustomProperties, $"set the custom properties {string.Join(", ", Values.Keys)}");

    /// <summary>Gives a team a permission.</summary>
    public sealed record Team(string Slug, TeamPermission Permission)
        : FeatureStep(RepositoryFeature.Teams, $"give the team {Slug} the permission {Permission}");

    /// <summary>Makes an environment, or sets its reviewers and keeps what else protects it.</summary>
    public sealed record Environment(DeploymentEnvironment Kept, IReadOnlyList<string> Reviewers) : FeatureStep(
        RepositoryFeature.Environments,
        $"set the environment {Kept.Name}{(Reviewers.Count > 0 ? $" with the reviewers {string.Join(", ", Reviewers)}" : "")}");

    /// <summary>Sets a variable.</summary>
    public sealed record Variable(string Name, string Value, bool Exists)
        : FeatureStep(RepositoryFeature.Variables, $"set the variable {Name}");

    /// <summary>Turns vulnerability alerts on or off.</summary>
    public sealed record Alerts(bool On)
        : FeatureStep(RepositoryFeature.VulnerabilityAlerts, $"turn vulnerability alerts {(On ? "on" : "off")}");

    /// <summary>Makes the ruleset, or sets it back.</summary>
    public sealed record Rules(Ruleset Wanted) : FeatureStep(RepositoryFeature.Ruleset, $"set the ruleset {Wanted.Name}");
}
