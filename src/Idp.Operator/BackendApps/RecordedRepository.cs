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
    /// <param name="app">The application with its status.</param>
    /// <param name="known">Which of its repositories.</param>
    public static ObservedRepository? Of(BackendApp app, RepositoryStatus? known)
    {
        var isHandled = app.Metadata.Annotations.GetValueOrDefault(Annotations.ReconcileRequestedAt) == app.Status.LastHandledReconcileAt;
        return isHandled && IsTrue(app, Conditions.RepositoryReady) && IsTrue(app, Conditions.RepositoryConfigured) && known is { Id: > 0, Commit: not null }
            ? Assume(known)
            : null;
    }

    /// <summary>What was written down of a repository, taken for what is there; nothing where none was.</summary>
    public static ObservedRepository Assume(RepositoryStatus? known) => known is { Id: > 0 }
        ? new ObservedRepository { Repository = ToRepository(known), IsProven = true, Head = known.Commit, IsLaid = known.Commit is not null, IsRecorded = true }
        : ObservedRepository.None;

    private static bool IsTrue(BackendApp app, string type) => app.Status.Conditions.Any(condition =>
        condition.Type == type && condition.Status == ConditionStatus.True && condition.ObservedGeneration == app.Metadata.Generation);

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
