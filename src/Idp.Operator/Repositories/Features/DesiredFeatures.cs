using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories.Features;

/// <summary>What a repository shall be beyond its files; what is not in it is left alone, and not even looked at.</summary>
/// <param name="Settings">The settings of the repository itself.</param>
/// <param name="Parts">All else, in the order in which it is set.</param>
public sealed record DesiredFeatures(RepositorySettings Settings, IReadOnlyList<RepositoryFeature> Parts)
{
    /// <summary>Nothing.</summary>
    public static readonly DesiredFeatures None = new(new RepositorySettings(), []);

    // The ruleset comes last, for it may forbid what comes before.
    private static readonly IReadOnlyList<Func<FeatureRequest, RepositoryFeature?>> All =
    [
        CustomPropertiesFeature.Of,
        TeamsFeature.Of,
        EnvironmentsFeature.Of,
        VariablesFeature.Of,
        VulnerabilityAlertsFeature.Of,
        RulesetFeature.Of,
    ];

    /// <summary>Whether anything at all is wanted.</summary>
    public bool WantsAny => Parts.Count > 0 || !RepositorySettingsFeature.IsEmpty(Settings);

    /// <summary>The same for the repository that holds the deployment manifests alone.</summary>
    public DesiredFeatures ForDeployment => this with { Parts = [.. Parts.Select(part => part.ForDeployment).OfType<RepositoryFeature>()] };

    /// <summary>What is wanted of one part; null where it is left alone.</summary>
    /// <typeparam name="T">The part.</typeparam>
    public T? Find<T>()
        where T : RepositoryFeature => Parts.OfType<T>().SingleOrDefault();

    /// <summary>What <c>platform.yaml</c> asks of the repository of one application.</summary>
    internal static DesiredFeatures For(FeatureRequest request) =>
        new(RepositorySettingsFeature.Of(request), [.. All.Select(part => part(request)).OfType<RepositoryFeature>()]);
}

/// <summary>What the parts are made from.</summary>
/// <param name="Settings">What <c>platform.yaml</c> says.</param>
/// <param name="Environments">The application's environments.</param>
/// <param name="Fill">Fills in the placeholders of a rule.</param>
internal sealed record FeatureRequest(
    GitHubRepositorySettings Settings, IReadOnlyList<(string Name, Stage Stage)> Environments, Func<string, string> Fill)
{
    /// <summary>Values by name, placeholders filled in.</summary>
    public Dictionary<string, string> Filled(IReadOnlyDictionary<string, string> rules) => rules
        .OrderBy(rule => rule.Key, StringComparer.Ordinal)
        .ToDictionary(rule => rule.Key, rule => Fill(rule.Value), StringComparer.Ordinal);
}
