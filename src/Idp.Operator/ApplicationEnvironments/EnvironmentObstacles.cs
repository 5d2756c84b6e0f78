using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

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
