using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>
/// What an environment's status says, computed once from what was observed. Pure: never from earlier conditions, which
/// only lend the times of their last transitions.
/// </summary>
internal static class ApplicationEnvironmentVerdict
{
    /// <summary>The status.</summary>
    /// <param name="plan">What was wanted.</param>
    /// <param name="world">What is there, our writes included.</param>
    /// <param name="report">How the writing went; null where nothing was to be written.</param>
    /// <param name="now">The present moment.</param>
    public static ApplicationEnvironmentStatus Of(
        ApplicationEnvironmentPlan plan, Observation world, ApplyReport? report, DateTimeOffset now)
    {
        var entity = plan.Environment.Entity;
        var application = new LenientJson(world.Find(DeliverySection.Application, plan.Environment.Names.Application)?.ToJson());
        var status = application["status"];
        return new ApplicationEnvironmentStatus
        {
            ObservedGeneration = entity.Metadata.Generation,
            Conditions = ConditionsOf(plan, SectionStates.Of(plan, world, report, now), report, now),
            Namespace = plan.Problem is null ? plan.Environment.Namespace : entity.Status.Namespace,
            Url = plan.Problem is null ? UrlOf(plan.Environment, status) : null,
            Sync = OrNull(status["sync"]["status"].Text),
            Health = OrNull(status["health"]["status"].Text),
            Revision = OrNull(status["sync"]["revision"].Text),
            Inventory = report?.Inventory ?? EnvironmentInventory.Of(entity, world),
            LastHandledReconcileAt = entity.Metadata.Annotations.GetValueOrDefault(Annotations.ReconcileRequestedAt)
                ?? entity.Status.LastHandledReconcileAt,
        };
    }

    private static IReadOnlyList<Condition> ConditionsOf(
        ApplicationEnvironmentPlan plan,
        IReadOnlyDictionary<string, ChildState> states,
        ApplyReport? report,
        DateTimeOffset now)
    {
        var entity = plan.Environment.Entity;
        var conditions = new ConditionSet(entity.Status.Conditions, entity.Metadata.Generation, now);
        foreach (var (type, state) in states)
        {
            conditions.Set(type, state.Status, state.Reason, state.Message);
        }

        var (worst, first) = states.MaxBy(state => state.Value.Health);
        if (plan.Problem is { } problem)
        {
            conditions.Set(Conditions.Ready, ConditionStatus.False, problem.Reason, problem.Message);
            conditions.Set(Conditions.Stalled, ConditionStatus.True, problem.Reason, problem.Message);
        }
        else if (first.Status == ConditionStatus.True)
        {
            var notes = string.Concat((report?.Notes ?? []).Select(note => $" {note}"));
            conditions.Set(Conditions.Ready, ConditionStatus.True, Reasons.Succeeded, $"Deployed and healthy.{notes}");
        }
        else
        {
            conditions.Set(Conditions.Ready, ConditionStatus.False, first.Reason, $"{worst}: {first.Message}");
        }

        SetWhileTrue(conditions, entity, states, report);
        return conditions.ToList();
    }

    /// <summary>The conditions that are there only while they are true.</summary>
    private static void SetWhileTrue(
        ConditionSet conditions,
        ApplicationEnvironment entity,
        IReadOnlyDictionary<string, ChildState> states,
        ApplyReport? report)
    {
        if (entity.Spec.Suspend)
        {
            conditions.Set(
                Conditions.Paused, ConditionStatus.True, Reasons.Suspended, "spec.suspend is true: nothing is changed.");
            return;
        }

        if (states.Values.FirstOrDefault(state => state.Reason == Reasons.ResourceConflict) is { } conflict)
        {
            // Not reconciling as well: that is what tools look at first, and nothing moves before somebody acts.
            conditions.Set(Conditions.Stalled, ConditionStatus.True, conflict.Reason, conflict.Message);
            return;
        }

        if (conditions.Find(Conditions.Stalled) is not null)
        {
            return;
        }

        var moving = states.Values.FirstOrDefault(state => state.Health == Health.Progressing)?.Message
            ?? report?.Remaining.Select(item => $"Removing what is no longer wanted: {item.Message}").FirstOrDefault();
        if (moving is not null)
        {
            conditions.Set(Conditions.Reconciling, ConditionStatus.True, Reasons.Progressing, moving);
        }
    }

    private static string? UrlOf(EffectiveEnvironment environment, LenientJson status)
    {
        var hasIngress = status["resources"].Items.Any(
            resource => resource["kind"].Text == "Ingress" && resource["name"].Text == environment.Application);
        var host = environment.Spec.Host ?? (hasIngress ? environment.Settings.HostFor(environment.Identity) : null);
        return host is null ? null : $"{environment.Settings.Ingress.Scheme}://{host}";
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
