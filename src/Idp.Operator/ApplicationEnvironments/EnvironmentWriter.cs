using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Makes what an environment consists of: the team's project first, for no Application is without one.</summary>
internal sealed class EnvironmentWriter(Projects projects, Applier applier)
{
    /// <summary>Makes the world as planned.</summary>
    /// <returns>What became of each object; null where nothing may be changed.</returns>
    public async Task<ApplyReport?> ApplyAsync(
        ApplicationEnvironmentPlan plan, Observation before, CancellationToken cancellationToken)
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

        var report = await applier.ApplyAsync(Target.OwnershipOf(entity), plan.Objects, inventory, cancellationToken);
        return project is null ? report : report with { Objects = [project, .. report.Objects] };
    }
}
