using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>What the status of the other BackendApps and the grants of <c>platform.yaml</c> say about repositories.</summary>
/// <param name="app">The BackendApp that wants to act.</param>
/// <param name="objects">The others.</param>
/// <param name="settings">The grants.</param>
internal sealed class RepositoryRights(BackendApp app, IObjectReader objects, PlatformSettings settings) : IRepositoryRights
{
    /// <inheritdoc/>
    public RepositoryProblem? ObjectionTo(Repository repository)
    {
        if (RepositoryHolders.Of(objects, repository.Id).FirstOrDefault(holder => holder.Metadata.Uid != app.Metadata.Uid) is { } other)
        {
            return new RepositoryProblem(Reasons.RepositoryConflict, RepositoryPlan.BelongsTo(repository, other.Key.ToString()), IsTerminal: true);
        }

        // Which name is asked for was granted before the request; where an old name or the number led to is known only now.
        var grant = new Grants(settings).MayUseOwner(app.Metadata.Namespace ?? "", repository.Owner);
        return grant.Allowed ? null : new RepositoryProblem(Reasons.NotGranted, Elsewhere(repository, grant), IsTerminal: true);
    }

    /// <inheritdoc/>
    public bool Lives(string name) =>
        name.Split('/') is [var home, var own] && objects.Find(BackendApp.ResourceKind, new ObjectKey(home, own)) is not null;

    private static string Elsewhere(Repository repository, Grant grant) =>
        $"spec.repository: the repository is {repository.FullName} now, and nothing is done to it there. {grant.Message} Or transfer it back.";
}
