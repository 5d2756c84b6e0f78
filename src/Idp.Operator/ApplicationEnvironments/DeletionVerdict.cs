using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What an environment's status says while it is taken down. Pure.</summary>
internal static class DeletionVerdict
{
    /// <summary>How long one object may take before people are told that its deletion is blocked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The status; the inventory stays as it is, because it is what the next attempt goes by.</summary>
    /// <param name="entity">The environment.</param>
    /// <param name="report">What is left; not empty.</param>
    /// <param name="world">What is there.</param>
    /// <param name="now">The present moment.</param>
    public static ApplicationEnvironmentStatus Of(
        ApplicationEnvironment entity, DeleteReport report, Observation world, DateTimeOffset now)
    {
        var first = report.Remaining[0];
        var live = world.Owned.FirstOrDefault(item => item.Metadata.Uid == first.Item.Uid);
        var blocked = now - (live?.Metadata.DeletionTimestamp ?? now) > Patience;
        var reason = blocked ? Reasons.DeletionBlocked : Reasons.Deleting;
        var message = blocked
            ? $"{first.Message}, for more than {Patience.TotalMinutes:0} minutes. See to whoever has to remove its finalizers."
            : first.Message;
        return Of(entity, reason, message, now);
    }

    /// <summary>The status when all that is ours is gone, and others hold the environment.</summary>
    /// <param name="entity">The environment.</param>
    /// <param name="message">Who they are.</param>
    /// <param name="now">The present moment.</param>
    public static ApplicationEnvironmentStatus Of(ApplicationEnvironment entity, string message, DateTimeOffset now) =>
        Of(entity, Reasons.Deleting, message, now);

    private static ApplicationEnvironmentStatus Of(ApplicationEnvironment entity, string reason, string message, DateTimeOffset now)
    {
        var conditions = new ConditionSet(entity.Status.Conditions, entity.Metadata.Generation, now);
        foreach (var type in EnvironmentSections.Conditions)
        {
            conditions.Set(type, ConditionStatus.Unknown, Reasons.Deleting, "The environment is being deleted.");
        }

        conditions.Set(Conditions.Ready, ConditionStatus.False, reason, message);
        return entity.Status with
        {
            ObservedGeneration = entity.Metadata.Generation,
            Conditions = conditions.ToList(),
        };
    }
}
