using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>When an environment is looked at again, should nothing that is watched change before.</summary>
internal static class EnvironmentRequeue
{
    // What is in our way is watched as well, as long as that goes well.
    private static readonly TimeSpan Conflict = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Dependency = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Terminating = TimeSpan.FromSeconds(10);

    // What SchemaHero does not do in time counts as failed, and time brings no event.
    private static readonly TimeSpan Progress = TimeSpan.FromMinutes(1);

    /// <summary>The result of a reconcile.</summary>
    public static ReconciliationResult<ApplicationEnvironment> After(
        ApplicationEnvironmentPlan plan, ApplyReport? report, ApplicationEnvironmentStatus status)
    {
        var entity = plan.Environment.Entity;
        if (plan.Problem is { } problem)
        {
            return ReconciliationResult<ApplicationEnvironment>.Stalled(entity, problem.Reason, problem.Message);
        }

        if (report is not null && Worst(report) is { } trouble)
        {
            var message = $"{trouble.Desired}: {trouble.Message}";
            return trouble.Outcome == ApplyOutcome.Failed
                ? ReconciliationResult<ApplicationEnvironment>.Failure(entity, message, trouble.Error)
                : ReconciliationResult<ApplicationEnvironment>.Waiting(entity, WaitFor(trouble), message);
        }

        var waitsForTables = entity.Spec.Database is { Tables.Count: > 0 }
            && status.Conditions.Any(condition => condition.Type == Conditions.Reconciling);
        return ReconciliationResult<ApplicationEnvironment>.Success(entity, waitsForTables ? Progress : null);
    }

    /// <summary>The trouble that is looked at again first.</summary>
    private static AppliedObject? Worst(ApplyReport report) => report.Objects
        .Where(applied => !applied.Succeeded)
        .MinBy(applied => applied.Outcome == ApplyOutcome.Failed ? TimeSpan.Zero : WaitFor(applied));

    private static TimeSpan WaitFor(AppliedObject applied) => applied.RetryAfter ?? applied.Outcome switch
    {
        ApplyOutcome.Terminating => Terminating,
        ApplyOutcome.DependencyMissing => Dependency,
        _ => Conflict,
    };
}
