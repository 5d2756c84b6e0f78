using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>What is to be done to a repository beyond its files, the settings aside.</summary>
internal static class FeaturesPlan
{
    /// <summary>Compares what is wanted with what is there: what is not wanted by name is left alone, and so is what was refused.</summary>
    public static IEnumerable<FeatureStep> For(DesiredFeatures desired, ObservedFeatures observed) =>
        Steps(desired, observed).Where(step => !observed.IsRefused(step.Feature));

    private static IEnumerable<FeatureStep> Steps(DesiredFeatures desired, ObservedFeatures observed)
    {
        var properties = Differing(desired.CustomProperties, observed.CustomProperties);
        if (properties.Count > 0)
        {
            yield return new FeatureStep.Properties(properties);
        }

        foreach (var (slug, permission) in desired.Teams)
        {
            if (!observed.Teams.TryGetValue(slug, out var present) || present != permission)
            {
                yield return new FeatureStep.Team(slug, permission);
            }
        }

        foreach (var (name, reviewers) in desired.Environments ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            var present = observed.Environments.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));
            if (present is null || !AreReviewers(reviewers, present.Reviewers))
            {
                yield return new FeatureStep.Environment(present ?? new DeploymentEnvironment { Name = name }, reviewers);
            }
        }

        foreach (var (name, value) in Differing(desired.Variables, observed.Variables))
        {
            yield return new FeatureStep.Variable(name, value, observed.Variables.ContainsKey(name));
        }

        if (desired.VulnerabilityAlerts is { } on && observed.VulnerabilityAlerts != on)
        {
            yield return new FeatureStep.Alerts(on);
        }

        if (desired.Ruleset is { } ruleset && RulesetPlan.For(ruleset, observed.Ruleset) is { } wanted)
        {
            yield return new FeatureStep.Rules(wanted);
        }
    }

    private static Dictionary<string, string> Differing(
        IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> present) =>
        wanted.Where(each => !present.TryGetValue(each.Key, out var value) || value != each.Value)
            .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);

    // Who approves is ours as a whole once a team is named: one more reviewer could approve alone.
    private static bool AreReviewers(IReadOnlyList<string> wanted, IReadOnlyList<EnvironmentReviewer> present) =>
        wanted.Count == 0
        || (present.All(each => each.Type == "Team")
            && wanted.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(present.Select(each => each.Name ?? "")));
}
