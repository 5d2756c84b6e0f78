using Idp.Entities;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

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
