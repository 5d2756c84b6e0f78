using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>What the environments need to know of the repository.</summary>
/// <param name="CloneUrl">Where Argo CD reads it.</param>
/// <param name="Branch">What it follows.</param>
/// <param name="IsReal">Whether the repository exists; a predicted one serves only the <c>plan</c> verb.</param>
public sealed record RepositoryFacts(string CloneUrl, string Branch, bool IsReal)
{
    /// <summary>The facts after a reconcile; falls back on what was written down when GitHub cannot be asked.</summary>
    /// <param name="app">The application, whose status is what was written down.</param>
    /// <param name="repository">How its repository stands.</param>
    /// <param name="deployment">How the repository with the deployment manifests stands, where it is another.</param>
    /// <returns>Those of the repository with the deployment manifests; null until all repositories are there.</returns>
    public static RepositoryFacts? Of(BackendApp app, RepositoryOutcome repository, RepositoryOutcome? deployment = null)
    {
        var own = Of(repository, app.Status.Repository);
        return own is null || deployment is null ? own : Of(deployment, app.Status.DeploymentRepository);
    }

    private static RepositoryFacts? Of(RepositoryOutcome outcome, RepositoryStatus? written)
    {
        if (outcome is { IsThere: true, Repository: { } repository })
        {
            return Of(repository);
        }

        return written is { CloneUrl: { Length: > 0 } url, DefaultBranch: { Length: > 0 } branch, Commit: not null }
            ? new RepositoryFacts(url, branch, IsReal: true)
            : null;
    }

    /// <summary>The facts that a repository will have once it is made.</summary>
    public static RepositoryFacts Predict(DesiredRepository desired, Uri webUrl) =>
        new RepositoryFacts($"{webUrl.AbsoluteUri.TrimEnd('/')}/{desired.FullName}.git", "main", IsReal: false);

    private static RepositoryFacts Of(Repository repository) => new(repository.CloneUrl, repository.DefaultBranch, IsReal: true);
}
