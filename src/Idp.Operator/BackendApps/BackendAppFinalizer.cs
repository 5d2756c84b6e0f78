using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Takes a BackendApp down: its environments first, then its repositories as the policy says.</summary>
/// <remarks>Suspended applications go as well: a pause never blocks a deletion.</remarks>
public sealed class BackendAppFinalizer(
    BackendAppObserver observer, KubeClient client, GitHubAccess github, BackendAppReporter reporter, TimeProvider clock)
    : IEntityFinalizer<BackendApp>
{
    // The annotation itself starts a reconcile; this is only for what it may not have told.
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<ReconciliationResult<BackendApp>> FinalizeAsync(BackendApp entity, CancellationToken cancellationToken)
    {
        var environments = observer.EnvironmentsOf(entity);
        if (environments.Count > 0)
        {
            return await DeleteEnvironmentsAsync(entity, environments, cancellationToken);
        }

        var policy = entity.Spec.Repository?.DeletionPolicy ?? RepositoryDeletionPolicy.Retain;
        return policy == RepositoryDeletionPolicy.Retain
            ? await EndAsync(entity, leftAlone: null, cancellationToken)
            : await EndRepositoriesAsync(entity, policy, cancellationToken);
    }

    /// <summary>Lets the object go; what was left alone, and who else holds it, are the last things that we say.</summary>
    private async Task<ReconciliationResult<BackendApp>> EndAsync(BackendApp app, Problem? leftAlone, CancellationToken cancellationToken)
    {
        if (leftAlone is not null)
        {
            var message = $"The repository is left as it is: {leftAlone.Message}";
            await SayAsync(app, leftAlone.Reason, message, cancellationToken);
        }
        else if (OtherFinalizers.WaitingFor(app.Metadata, Finalizers.BackendApp) is { } message)
        {
            await SayAsync(app, Reasons.Deleting, message, cancellationToken);
        }

        return ReconciliationResult<BackendApp>.Success(app);
    }

    private async Task<ReconciliationResult<BackendApp>> DeleteEnvironmentsAsync(
        BackendApp app, IReadOnlyList<KubeObject> environments, CancellationToken cancellationToken)
    {
        foreach (var environment in environments.Where(environment => !environment.Metadata.IsDeleting))
        {
            var sameObject = new DeleteOptions { Uid = environment.Metadata.Uid };
            await client.DeleteAsync(environment.Kind, environment.Key, sameObject, cancellationToken);
        }

        var message = DeletionStatus.WaitingFor(environments);
        await SayAsync(app, Reasons.Deleting, message, cancellationToken);
        return ReconciliationResult<BackendApp>.Waiting(app, LookAgain, message);
    }

    private async Task<ReconciliationResult<BackendApp>> EndRepositoriesAsync(
        BackendApp app, RepositoryDeletionPolicy policy, CancellationToken cancellationToken)
    {
        var which = "The repository";
        try
        {
            var own = await observer.FindOwnRepositoriesAsync(app, cancellationToken);
            if (own.All.Count > 0 && policy == RepositoryDeletionPolicy.Delete && DeletionStatus.NotConfirmed(app, own) is { } missing)
            {
                await SayAsync(app, Reasons.DeletionBlocked, missing, cancellationToken);
                return ReconciliationResult<BackendApp>.Waiting(app, Reminder, missing);
            }

            // The one whose name confirms it goes last: after a failure in between the message still names what is to be typed.
            foreach (var repository in own.All.Reverse())
            {
                which = $"The repository {repository.FullName}";
                await EndAsync(repository, policy, cancellationToken);
            }

            return await EndAsync(app, own.LeftAlone, cancellationToken);
        }
        catch (GitHubException error)
        {
            // The object must stay until the policy is carried out, and say what it waits for.
            var problem = GitHubProblems.Of(error, clock.GetUtcNow());
            var message = $"{which} could not be {(policy == RepositoryDeletionPolicy.Archive ? "archived" : "deleted")}: {problem.Message}";
            await SayAsync(app, Reasons.DeletionBlocked, message, cancellationToken);
            return ReconciliationResult<BackendApp>.Failure(app, message, requeueAfter: problem.RetryAfter);
        }
        catch (OwnershipUnknownException error)
        {
            await SayAsync(app, Reasons.DeletionBlocked, error.Message, cancellationToken);
            return ReconciliationResult<BackendApp>.Failure(app, error.Message);
        }
    }

    private Task SayAsync(BackendApp app, string reason, string message, CancellationToken cancellationToken) =>
        reporter.WriteAsync(app, DeletionStatus.Of(app, reason, message, clock.GetUtcNow()), cancellationToken);

    private Task EndAsync(Repository repository, RepositoryDeletionPolicy policy, CancellationToken cancellationToken) => policy switch
    {
        RepositoryDeletionPolicy.Archive when repository.Archived => Task.CompletedTask,
        RepositoryDeletionPolicy.Archive => github.For(repository.Owner).ArchiveRepositoryAsync(repository.Id, cancellationToken),
        _ => github.For(repository.Owner).DeleteRepositoryAsync(repository.Id, cancellationToken),
    };
}
