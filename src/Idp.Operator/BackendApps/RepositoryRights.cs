using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
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
    public Problem? ObjectionTo(Repository repository)
    {
        if (RepositoryIndex.OwnersOf(objects, repository.Id).FirstOrDefault(owner => owner.Metadata.Uid != app.Metadata.Uid) is { } other)
        {
            return new Problem(Reasons.RepositoryConflict, RepositoryPlan.BelongsTo(repository, other.Key.ToString()));
        }

        // Which name is asked for was granted before the request; where an old name or the number led to is known only now.
        var grant = new Grants(settings).MayUseOwner(app.Metadata.Namespace ?? "", repository.Owner);
        return grant.Allowed ? null : new Problem(Reasons.NotGranted, Elsewhere(repository, grant));
    }

    /// <inheritdoc/>
    public bool Exists(string name) =>
        name.Split('/') is [var home, var own] && objects.Find(BackendApp.ResourceKind, new ObjectKey(home, own)) is not null;

    private static string Elsewhere(Repository repository, Grant grant) =>
        $"spec.repository: the repository is {repository.FullName} now, and nothing is done to it there. {grant.Message} Or transfer it back.";
}
