using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Makes the world match an environment, and its status match the world.</summary>
[EntityRbac(typeof(ApplicationEnvironment), Verbs = Read | RbacVerb.Patch, StatusVerbs = RbacVerb.Get | RbacVerb.Patch)]
internal sealed class ApplicationEnvironmentController(
    ApplicationEnvironmentObserver observer,
    PlatformSettingsSource settings,
    EnvironmentWriter writer,
    EnvironmentReporter reporter,
    TimeProvider clock) : IEntityController<ApplicationEnvironment>
{
    private const RbacVerb Read = RbacVerb.Get | RbacVerb.List | RbacVerb.Watch;

    /// <inheritdoc/>
    public async Task<ReconciliationResult<ApplicationEnvironment>> ReconcileAsync(
        ApplicationEnvironment entity, CancellationToken cancellationToken)
    {
        var before = observer.Observe(entity);
        var plan = ApplicationEnvironmentPlan.Make(entity, before, settings.Current);
        var report = await writer.WriteAsync(plan, before, cancellationToken);
        var status = ApplicationEnvironmentVerdict.Of(plan, observer.Observe(entity), report, clock.GetUtcNow());
        await reporter.ReportAsync(entity, status, cancellationToken);
        return EnvironmentRequeue.After(plan, report, status);
    }

    /// <inheritdoc/>
    public Task<ReconciliationResult<ApplicationEnvironment>> DeletedAsync(ApplicationEnvironment entity, CancellationToken cancellationToken)
    {
        writer.Forget(entity);
        return Task.FromResult(ReconciliationResult<ApplicationEnvironment>.Success(entity));
    }
}
