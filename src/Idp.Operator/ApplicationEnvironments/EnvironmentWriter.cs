using Idp.Entities;
using Idp.Kubernetes.Apply;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Makes what an environment consists of: first what it shares with others, the team's project and Argo CD's credentials.</summary>
/// <remarks>
/// What is shared has no object of its own to be reconciled, so whoever reconciles an environment looks after it: a comparison in
/// memory. A change of the settings, or of the shared object, brings every environment here.
/// </remarks>
internal sealed class EnvironmentWriter(
    Projects projects, SharedCredentials credentials, Applier applier, EnvironmentObstacles obstacles)
{
    /// <summary>Forgets an environment that is gone.</summary>
    public void Forget(ApplicationEnvironment entity) => projects.Forget(entity.Metadata.Key);

    /// <summary>Makes the world as planned.</summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="before">What is there.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <returns>What became of the environment's own objects, and of the shared ones; null where nothing may be changed.</returns>
    public async Task<ApplyReport?> WriteAsync(ApplicationEnvironmentPlan plan, Observation before, CancellationToken cancellationToken)
    {
        var entity = plan.Target.Entity;
        var inventory = EnvironmentInventory.Of(entity, before);

        // Also where nothing else is done: what an environment is refused, its project must not allow any more.
        var project = await projects.ApplyAsync(plan, cancellationToken);
        if (plan.Problem is not null || entity.Spec.Suspend)
        {
            return null;
        }

        if (project is { Outcome: ApplyOutcome.Conflict })
        {
            return new ApplyReport([project], inventory, [], []);
        }

        var troubles = await credentials.ApplyAsync(plan.Target.Settings, before, cancellationToken);
        var report = await applier.ApplyAsync(Target.OwnershipOf(entity), plan.Objects, inventory, cancellationToken);
        report = report with { Objects = [.. project is null ? [] : (AppliedObject[])[project], .. report.Objects, .. troubles] };
        obstacles.Watch(entity, report);
        return report;
    }
}
