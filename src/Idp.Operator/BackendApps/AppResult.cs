using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>What came of carrying out a plan.</summary>
public sealed record AppResult
{
    /// <summary>How the application's repository stands.</summary>
    public required RepositoryOutcome Repository { get; init; }

    /// <summary>How the deployment repository stands; null where the application's repository is all there is.</summary>
    public RepositoryOutcome? Deployment { get; init; }

    /// <summary>How both stand together: there only if both are, and wrong if one of them is.</summary>
    public RepositoryOutcome Repositories => RepositoriesStatus.Of(Repository, Deployment);

    /// <summary>The environments, in the order of the manifest.</summary>
    public required IReadOnlyList<EnvironmentView> Environments { get; init; }

    /// <summary>What the applier did; null where nothing was applied.</summary>
    public ApplyReport? Report { get; init; }

    /// <summary>The status that was written before the environments were applied; null where none had to be.</summary>
    public BackendAppStatus? Recorded { get; init; }

    /// <summary>Whether the environments were applied.</summary>
    public bool WereApplied => Report is not null;
}

/// <summary>Brings the repositories of a BackendApp to what its plan wants.</summary>
internal static class AppRepositories
{
    /// <summary>Carries out what is planned for them.</summary>
    /// <remarks>
    /// The deployment repository comes first: the application's workflow writes to it from its first run. Neither is made where the other cannot
    /// be, so that a name which is taken leaves nothing behind.
    /// </remarks>
    public static async Task<(RepositoryOutcome Repository, RepositoryOutcome? Deployment)> CarryOutAsync(
        this RepositoryProvisioner provisioner, BackendApp app, BackendAppPlan plan, ObservedApp observed, CancellationToken cancellationToken)
    {
        var repository = BackendAppPlan.Untouched(app, plan, observed);
        var deployment = BackendAppPlan.UntouchedDeployment(app, plan, observed);
        if (plan.Deployment is { } second && !(second.Plan.IsMaking && plan.Repository?.Plan.Problem is not null))
        {
            deployment = await provisioner.ExecuteAsync(second, cancellationToken);
        }

        if (plan.Repository is { } first && !(first.Plan.IsMaking && deployment?.Problem is not null))
        {
            repository = await provisioner.ExecuteAsync(first, cancellationToken);
        }

        return (repository, deployment);
    }
}
