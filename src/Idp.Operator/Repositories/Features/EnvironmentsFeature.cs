using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>The environments that workflows deploy to; what else protects them is left alone.</summary>
/// <param name="Reviewers">The slugs of the teams that approve deployments, by the name of the environment.</param>
public sealed record EnvironmentsFeature(IReadOnlyDictionary<string, IReadOnlyList<string>> Reviewers)
    : RepositoryFeature<IReadOnlyList<DeploymentEnvironment>>("environments", [])
{
    /// <inheritdoc/>
    /// <remarks>Workflows are the application repository's.</remarks>
    internal override RepositoryFeature? ForDeployment => null;

    internal static RepositoryFeature? Of(FeatureRequest request) => request is { Settings.Environments: { } settings, Environments.Count: > 0 }
        ? new EnvironmentsFeature(request.Environments.DistinctBy(each => each.Name).ToDictionary(
            each => each.Name,
            each => (IReadOnlyList<string>)[.. settings.Reviewers[each.Stage].Select(request.Fill).Distinct()],
            StringComparer.Ordinal))
        : null;

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<DeploymentEnvironment>> ReadAsync(
        RepositoryAdministration github, Repository repository, CancellationToken cancellationToken) =>
        github.Environments.ListAsync(repository, cancellationToken);

    /// <inheritdoc/>
    protected override IEnumerable<FeatureStep> Compare(IReadOnlyList<DeploymentEnvironment> present) =>
        from wanted in Reviewers
        let live = present.FirstOrDefault(each => string.Equals(each.Name, wanted.Key, StringComparison.OrdinalIgnoreCase))
        where live is null || !AreReviewers(wanted.Value, live.Reviewers)
        select new Put(Name, live ?? new DeploymentEnvironment { Name = wanted.Key }, wanted.Value);

    // Who approves is ours as a whole once a team is named: one more reviewer could approve alone.
    private static bool AreReviewers(IReadOnlyList<string> wanted, IReadOnlyList<EnvironmentReviewer> present) =>
        wanted.Count == 0
        || (present.All(each => each.Type == "Team")
            && wanted.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(present.Select(each => each.Name ?? "")));

    /// <summary>Makes an environment, or sets its reviewers and keeps what else protects it.</summary>
    internal sealed record Put(string Feature, DeploymentEnvironment Kept, IReadOnlyList<string> Reviewers) : FeatureStep(
        Feature, $"set the environment {Kept.Name}{(Reviewers.Count > 0 ? $" with the reviewers {string.Join(", ", Reviewers)}" : "")}")
    {
        protected override async Task SetAsync(RepositoryAdministration github, Repository repository, CancellationToken cancellationToken)
        {
            List<EnvironmentReviewer> reviewers = [];
            foreach (var slug in Reviewers)
            {
                reviewers.Add(EnvironmentReviewer.Team(await github.Teams.GetIdAsync(repository.Owner, slug, cancellationToken), slug));
            }

            await github.Environments.PutAsync(repository, reviewers.Count > 0 ? Kept with { Reviewers = reviewers } : Kept, cancellationToken);
        }
    }
}
