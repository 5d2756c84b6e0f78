using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Makes what an environment consists of, and takes it away: first what it shares with others, the team's project and Argo CD's credentials.</summary>
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
        var entity = plan.Environment.Entity;
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

        var troubles = await credentials.ApplyAsync(plan.Environment.Settings, before, cancellationToken);
        var report = await applier.ApplyAsync(EffectiveEnvironment.OwnershipOf(entity), plan.Objects, inventory, cancellationToken);
        report = report with { Objects = [.. project is null ? [] : (AppliedObject[])[project], .. report.Objects, .. troubles] };
        obstacles.Watch(entity, report);
        return report;
    }

    /// <summary>Goes one step towards nothing being left of an environment, at the end of its part of the team's project too.</summary>
    /// <param name="entity">The environment.</param>
    /// <param name="items">What is to go.</param>
    /// <param name="settings">The platform's settings.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    public async Task<DeleteReport> RemoveAsync(
        ApplicationEnvironment entity, IReadOnlyList<InventoryItem> items, PlatformSettings settings, CancellationToken cancellationToken)
    {
        var report = await applier.DeleteAsync(EffectiveEnvironment.OwnershipOf(entity), items, cancellationToken);
        return report.Done && await projects.LeaveAsync(entity.Metadata.Key, settings, cancellationToken) is { } left
            ? report with { Remaining = [left] }
            : report;
    }
}

/// <summary>Brings an environment back when an object goes that is in its way and that no cache holds.</summary>
internal sealed class EnvironmentObstacles(ConflictWatcher obstacles, IObjectReader reader, EntityRequeue<ApplicationEnvironment> requeue)
{
    /// <summary>Watches everything that was in the way, until there is news of it.</summary>
    public void Watch(ApplicationEnvironment entity, ApplyReport report)
    {
        foreach (var applied in report.Objects.Where(applied => applied is { Outcome: ApplyOutcome.Conflict, Live: not null } && !reader.HoldsAll(applied.Desired.Kind)))
        {
            obstacles.Watch(applied.Live!, entity.Metadata.Key, () => requeue(entity, TimeSpan.Zero));
        }
    }
}
