using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>The repository as status remembers it across a restart of the operator.</summary>
internal static class RecordedRepository
{
    /// <summary>
    /// What was written down of a repository that was found in order for this very manifest; null where a person waits
    /// for something: for a new manifest, a reconcile that was asked for, a repository that is not in order.
    /// </summary>
    public static ObservedRepository? Of(BackendApp app)
    {
        var isHandled = app.Metadata.Annotations.GetValueOrDefault(Annotations.ReconcileRequestedAt) == app.Status.LastHandledReconcileAt;
        var isInOrder = app.Status.Conditions.Any(condition =>
            condition is { Type: Conditions.RepositoryReady, Status: ConditionStatus.True }
            && condition.ObservedGeneration == app.Metadata.Generation);
        return isHandled && isInOrder && app.Status.Repository is { Id: > 0, Commit: { } commit } written
            ? new ObservedRepository { Repository = ToRepository(written), OwnerLives = true, Head = commit, IsLaid = true, IsRecorded = true }
            : null;
    }

    private static Repository ToRepository(RepositoryStatus written) => new()
    {
        Id = written.Id,
        Owner = written.Owner,
        Name = written.Name,
        DefaultBranch = written.DefaultBranch ?? "main",
        HtmlUrl = written.Url,
        CloneUrl = written.CloneUrl,
    };
}
