using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Where the environments are deployed from.</summary>
/// <param name="CloneUrl">Where Argo CD reads it.</param>
/// <param name="Branch">What it follows.</param>
public sealed record DeploymentSource(string CloneUrl, string Branch)
{
    /// <summary>What it is after a reconcile; falls back on what was written down when GitHub cannot be asked.</summary>
    /// <param name="app">The application, whose status is what was written down.</param>
    /// <param name="repository">How its repository stands.</param>
    /// <param name="deployment">How the repository with the deployment manifests stands, where it is another.</param>
    /// <returns>Those of the repository with the deployment manifests; null until all repositories are there.</returns>
    public static DeploymentSource? Of(BackendApp app, RepositoryOutcome repository, RepositoryOutcome? deployment = null)
    {
        var own = Of(repository, app.Status.Repository);
        return own is null || deployment is null ? own : Of(deployment, app.Status.DeploymentRepository);
    }

    private static DeploymentSource? Of(RepositoryOutcome outcome, RepositoryStatus? written)
    {
        if (outcome is { IsThere: true, Repository: { } repository })
        {
            return Of(repository);
        }

        return written is { CloneUrl: { Length: > 0 } url, DefaultBranch: { Length: > 0 } branch, Commit: not null }
            ? new DeploymentSource(url, branch)
            : null;
    }

    /// <summary>What it will be once the repository is made.</summary>
    public static DeploymentSource Predict(DesiredRepository desired, Uri webUrl) =>
        new DeploymentSource($"{webUrl.AbsoluteUri.TrimEnd('/')}/{desired.FullName}.git", "main");

    private static DeploymentSource Of(Repository repository) => new(repository.CloneUrl, repository.DefaultBranch);
}
