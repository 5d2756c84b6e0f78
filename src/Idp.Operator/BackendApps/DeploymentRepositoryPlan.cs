using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>What is particular about the repository that holds the deployment manifests alone; all else is as with the application's.</summary>
internal static class DeploymentRepositoryPlan
{
    /// <summary>Whether the manifest wants one.</summary>
    public static bool IsSeparate(BackendAppSpec spec) => spec.Repository?.Deployment == DeploymentPlace.Separate;

    /// <summary>The deployment repository of an application; null where there is none.</summary>
    /// <param name="app">The manifest.</param>
    /// <param name="resolved">The same with its defaults.</param>
    /// <param name="repository">The application's repository, after which this one is made.</param>
    public static DesiredRepository? RepositoryOf(BackendApp app, ResolvedApp resolved, DesiredRepository repository) =>
        resolved.DeploymentRepository is not { } name
            ? null
            : repository with
            {
                Name = name,
                Description = $"The deployment manifests of {repository.FullName}",
                Features = repository.Features.ForDeployment,
                Template = null,

                // The manifest does not name it, so nobody has said that a repository of that name may be taken.
                AdoptIfUnowned = false,
                BelongsTo = repository.BelongsTo with { Role = RepositoryOwner.Deployment },
                KnownId = app.Status.DeploymentRepository is { Id: > 0 } known ? known.Id : null,
                KnownCommit = app.Status.DeploymentRepository?.Commit,
                KnownTemplate = app.Status.DeploymentRepository?.Template,
                Update = null,
                Recorded = RecordedRepository.Of(app, app.Status.DeploymentRepository),
            };

    /// <summary>Refuses to move manifests that were laid already, for an API server that let the change through.</summary>
    public static Problem? Moved(BackendApp app, IReadOnlyList<KubeObject> environments)
    {
        var laid = (app.Status.Repository, app.Status.DeploymentRepository) switch
        {
            (_, { } separate) => IsSeparate(app.Spec) ? null : separate,
            ({ CloneUrl.Length: > 0 } own, null) when IsSeparate(app.Spec) && environments.Any(live => EnvironmentView.SourceOf(live) == own.CloneUrl) => own,
            _ => null,
        };
        return laid is null
            ? null
            : new Problem(
                Reasons.InvalidSpec,
                $"spec.repository.deployment cannot be changed: the deployment manifests are in {laid.Owner}/{laid.Name}.");
    }
}
