using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>Looks at what a repository is beyond its files: only at what is wanted, and part by part.</summary>
internal sealed class FeatureObserver(RepositoryAdministration github, TimeProvider clock)
{
    /// <summary>Looks; what GitHub refuses to show is a refusal of that part alone.</summary>
    public async Task<ObservedFeatures> LookAsync(Repository repository, DesiredFeatures desired, CancellationToken cancellationToken)
    {
        var seen = ObservedFeatures.Nothing;
        foreach (var feature in Enum.GetValues<RepositoryFeature>().Where(desired.Wants))
        {
            try
            {
                seen = await LookAsync(feature, seen, repository, desired, cancellationToken);
            }
            catch (GitHubException error)
            {
                var refusal = FeatureRefusal.Of(feature, error, clock.GetUtcNow() - repository.CreatedAt);
                seen = seen with { Refusals = [.. seen.Refusals, refusal] };
            }
        }

        return seen;
    }

    private async Task<ObservedFeatures> LookAsync(
        RepositoryFeature feature, ObservedFeatures seen, Repository repository, DesiredFeatures desired, CancellationToken cancellationToken) =>
        feature switch
        {
            RepositoryFeature.CustomProperties =>
                seen with { CustomProperties = await github.Properties.ListAsync(repository, cancellationToken) },
            RepositoryFeature.Teams => seen with { Teams = await TeamsAsync(repository, desired.Teams.Keys, cancellationToken) },
            RepositoryFeature.Environments =>
                seen with { Environments = await github.Environments.ListAsync(repository, cancellationToken) },
            RepositoryFeature.Variables => seen with { Variables = await github.Variables.ListAsync(repository, cancellationToken) },
            RepositoryFeature.VulnerabilityAlerts =>
                seen with { VulnerabilityAlerts = await github.Alerts.AreOnAsync(repository, cancellationToken) },
            RepositoryFeature.Ruleset =>
                seen with { Ruleset = await github.Rulesets.FindAsync(repository, desired.Ruleset!.Name, cancellationToken) },

            // The settings came with the repository itself.
            _ => seen,
        };

    private async Task<IReadOnlyDictionary<string, TeamPermission>> TeamsAsync(
        Repository repository, IEnumerable<string> slugs, CancellationToken cancellationToken)
    {
        var permissions = new Dictionary<string, TeamPermission>(StringComparer.Ordinal);
        foreach (var slug in slugs)
        {
            if (await github.Teams.FindAsync(repository, slug, cancellationToken) is { } permission)
            {
                permissions[slug] = permission;
            }
        }

        return permissions;
    }
}
