using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Makes the world match an environment, and its status match the world.</summary>
[EntityRbac(typeof(ApplicationEnvironment), Verbs = Read | RbacVerb.Patch, StatusVerbs = RbacVerb.Get | RbacVerb.Patch)]
[GenericRbac(Groups = [""], Resources = ["namespaces", "resourcequotas", "limitranges"], Verbs = Own)]
[GenericRbac(Groups = ["networking.k8s.io"], Resources = ["networkpolicies"], Verbs = Own)]
[GenericRbac(Groups = ["rbac.authorization.k8s.io"], Resources = ["rolebindings"], Verbs = Own)]
[GenericRbac(
    Groups = ["rbac.authorization.k8s.io"],
    Resources = ["clusterroles"],
    ResourceNames = ["admin", "edit", "view"],
    Verbs = RbacVerb.Bind)]
[GenericRbac(Groups = ["external-secrets.io"], Resources = ["externalsecrets"], Verbs = Own)]
[GenericRbac(Groups = ["postgresql.cnpg.io"], Resources = ["clusters"], Verbs = Own)]
[GenericRbac(Groups = ["databases.schemahero.io"], Resources = ["databases"], Verbs = Own)]
[GenericRbac(Groups = ["schemas.schemahero.io"], Resources = ["tables"], Verbs = Own)]
[GenericRbac(Groups = ["schemas.schemahero.io"], Resources = ["migrations"], Verbs = Read)]
[GenericRbac(Groups = ["argoproj.io"], Resources = ["applications", "appprojects"], Verbs = Own)]
internal sealed class ApplicationEnvironmentController(
    ApplicationEnvironmentObserver observer,
    PlatformSettingsSource settings,
    EnvironmentWriter writer,
    EnvironmentReporter reporter,
    TimeProvider clock) : IEntityController<ApplicationEnvironment>
{
    private const RbacVerb Read = RbacVerb.Get | RbacVerb.List | RbacVerb.Watch;
    private const RbacVerb Own = Read | RbacVerb.Create | RbacVerb.Patch | RbacVerb.Delete;

    /// <inheritdoc/>
    public async Task<ReconciliationResult<ApplicationEnvironment>> ReconcileAsync(
        ApplicationEnvironment entity, CancellationToken cancellationToken)
    {
        var before = observer.Observe(entity);
        var plan = ApplicationEnvironmentPlan.Make(entity, before, settings.Current);
        var report = await writer.WriteAsync(plan, before, cancellationToken);
        var status = ApplicationEnvironmentVerdict.Of(plan, observer.Observe(entity), report, clock.GetUtcNow());
        await reporter.ReportAsync(entity, status, cancellationToken);
        return NextVisit.After(plan, report, status);
    }

    /// <inheritdoc/>
    public Task<ReconciliationResult<ApplicationEnvironment>> DeletedAsync(ApplicationEnvironment entity, CancellationToken cancellationToken)
    {
        writer.Forget(entity);
        return Task.FromResult(ReconciliationResult<ApplicationEnvironment>.Success(entity));
    }
}
