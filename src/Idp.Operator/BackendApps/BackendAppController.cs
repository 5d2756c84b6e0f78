using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Makes a BackendApp true: its repository, then its environments, then what people are told.</summary>
[EntityRbac(typeof(BackendApp), Verbs = Read | RbacVerb.Patch, StatusVerbs = RbacVerb.Get | RbacVerb.Patch)]
[EntityRbac(typeof(ApplicationEnvironment), Verbs = Read | RbacVerb.Create | RbacVerb.Patch | RbacVerb.Delete)]
[GenericRbac(Groups = [""], Resources = ["namespaces"], Verbs = Read)]
public sealed class BackendAppController(
    BackendAppObserver observer,
    RepositoryProvisioner repositories,
    Applier applier,
    BackendAppReporter reporter) : IEntityController<BackendApp>
{
    private const RbacVerb Read = RbacVerb.Get | RbacVerb.List | RbacVerb.Watch;

    /// <inheritdoc/>
    public async Task<ReconciliationResult<BackendApp>> ReconcileAsync(BackendApp entity, CancellationToken cancellationToken)
    {
        var observed = await observer.ObserveAsync(entity, cancellationToken);
        var plan = BackendAppPlan.For(entity, observed);
        var result = await CarryOutAsync(entity, plan, observed, cancellationToken);
        await reporter.ReportAsync(entity, observed, plan, result, cancellationToken);
        return NextVisit.After(entity, plan, result, observed.Settings.GitHub.PollEvery());
    }

    /// <inheritdoc/>
    public Task<ReconciliationResult<BackendApp>> DeletedAsync(BackendApp entity, CancellationToken cancellationToken)
    {
        observer.Drop(entity);
        reporter.Forget(entity);
        return Task.FromResult(ReconciliationResult<BackendApp>.Success(entity));
    }

    private async Task<AppResult> CarryOutAsync(
        BackendApp app, BackendAppPlan plan, ObservedApp observed, CancellationToken cancellationToken)
    {
        var (repository, deployment) = await repositories.CarryOutAsync(app, plan, observed, cancellationToken);
        var result = new AppResult
        {
            Repository = repository,
            Deployment = deployment,
            Environments = EnvironmentView.Seen(plan.Resolved, observed.Environments),
        };
        if (plan.Problem is not null || DeploymentSource.Of(app, repository, deployment) is not { } source)
        {
            return result;
        }

        result = result with { Recorded = await reporter.RecordAsync(app, observed, plan, result, cancellationToken) };
        var desired = EnvironmentsPlan.For(app, plan.Resolved, source);
        var report = await applier.ApplyAsync(
            EnvironmentsPlan.OwnershipOf(app), desired, EnvironmentsPlan.InventoryOf(observed.Environments), cancellationToken);
        return result with { Environments = EnvironmentView.Applied(plan.Resolved, report), Report = report };
    }
}
