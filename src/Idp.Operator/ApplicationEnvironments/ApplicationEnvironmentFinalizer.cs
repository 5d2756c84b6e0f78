using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Operator.Settings;
using Idp.Operator.Reporting;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Takes an environment down, one object after the other, each only when what needs it is gone.</summary>
/// <remarks>Neither a pause nor a manifest that makes no sense nor a kind that is no longer served stops it.</remarks>
internal sealed class ApplicationEnvironmentFinalizer(
    ApplicationEnvironmentObserver observer,
    EnvironmentWriter writer,
    PlatformSettingsSource settings,
    EnvironmentReporter reporter,
    TimeProvider clock) : IEntityFinalizer<ApplicationEnvironment>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task<ReconciliationResult<ApplicationEnvironment>> FinalizeAsync(
        ApplicationEnvironment entity, CancellationToken cancellationToken)
    {
        var items = DeletionPlan.Make(entity, observer.Observe(entity));
        var report = await writer.RemoveAsync(entity, items, settings.Current, cancellationToken);
        if (report.Done)
        {
            if (OtherFinalizers.WaitingFor(entity.Metadata, Finalizers.ApplicationEnvironment) is { } others)
            {
                await reporter.ReportAsync(entity, DeletionVerdict.Of(entity, others, clock.GetUtcNow()), cancellationToken);
            }

            return ReconciliationResult<ApplicationEnvironment>.Success(entity);
        }

        var status = DeletionVerdict.Of(entity, report, observer.Observe(entity), clock.GetUtcNow());
        await reporter.ReportAsync(entity, status, cancellationToken);
        return ReconciliationResult<ApplicationEnvironment>.Waiting(entity, LookAgain, report.Remaining[0].Message);
    }
}
