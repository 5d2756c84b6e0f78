using Idp.Entities;
using Idp.Kubernetes.Events;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Reporting;

/// <summary>Tells people of conditions that changed, as events of the object.</summary>
/// <param name="events">Sends them; never waits.</param>
public sealed class ConditionEvents(EventRecorder events)
{
    /// <summary>Publishes what <see cref="ConditionChanges"/> finds worth telling.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="metadata">The object.</param>
    /// <param name="before">Its conditions as they were.</param>
    /// <param name="after">Its conditions as they are.</param>
    public void Publish(
        ResourceKind kind, ObjectMeta metadata, IReadOnlyList<Condition> before, IReadOnlyList<Condition> after)
    {
        var regarding = ObjectReference.To(kind, metadata);
        foreach (var change in ConditionChanges.Between(before, after))
        {
            events.Publish(regarding, change.Reason, change.Message, change.IsWarning ? EventType.Warning : EventType.Normal);
        }
    }
}

/// <summary>Finds what changed between two lists of conditions: events come from here and from nowhere else.</summary>
public static class ConditionChanges
{
    // On its way: the condition says so, and nobody has to do anything.
    private static readonly HashSet<string> OnItsWay = new(StringComparer.Ordinal) { Reasons.Progressing, Reasons.DependencyNotReady };

    // Asked for: worth telling, but no trouble.
    private static readonly HashSet<string> AskedFor = new(StringComparer.Ordinal) { Reasons.Deleting, Reasons.Suspended };

    // A part that becomes ready is told by the Ready of the whole.
    private static readonly HashSet<string> Milestones = new(StringComparer.Ordinal) { Conditions.Ready, Conditions.Paused, Conditions.Stalled };

    /// <summary>The changes that people may want to hear of, in the order of the new list.</summary>
    /// <remarks>
    /// <para>A condition that becomes true is told by its type (<c>Ready</c>) where it is a milestone or its trouble was told
    /// before; one that becomes false or changes its reason by that reason (<c>HealthCheckFailed</c>).</para>
    /// <para>Nothing is told of what is only unknown or on its way, of what was not asked for, of a message that was worded
    /// anew, of <c>Reconciling</c>, which comes and goes with every change, and of a Ready that is false, because the
    /// condition that makes it so is told already; only a blocked deletion has no other. Events cost the API server as
    /// much as objects do: an application that comes about without trouble makes two.</para>
    /// </remarks>
    /// <param name="before">The conditions as they were; empty on the first visit.</param>
    /// <param name="after">The conditions as they are.</param>
    public static IReadOnlyList<ConditionChange> Between(IReadOnlyList<Condition> before, IReadOnlyList<Condition> after)
    {
        var old = before.DistinctBy(condition => condition.Type).ToDictionary(condition => condition.Type, StringComparer.Ordinal);
        return [.. after.Where(now => IsWorthTelling(now, old.GetValueOrDefault(now.Type))).Select(Told)];
    }

    private static bool IsWorthTelling(Condition now, Condition? was) => now.Status switch
    {
        ConditionStatus.True => now.Type != Conditions.Reconciling
            && (was?.Status != ConditionStatus.True || (now.Type == Conditions.Stalled && was.Reason != now.Reason))
            && (Milestones.Contains(now.Type) || (was is not null && IsTrouble(was))),
        ConditionStatus.False => IsTrouble(now) && (was?.Status != ConditionStatus.False || was.Reason != now.Reason),
        _ => false,
    };

    private static bool IsTrouble(Condition condition) =>
        condition is { Status: ConditionStatus.False, Reason: not Reasons.NotRequested }
        && (condition.Type != Conditions.Ready || condition.Reason == Reasons.DeletionBlocked)
        && !OnItsWay.Contains(condition.Reason);

    private static ConditionChange Told(Condition condition) => condition switch
    {
        { Type: Conditions.Stalled } => new(condition.Reason, condition.Message, IsWarning: true),
        { Status: ConditionStatus.True } => new(condition.Type, condition.Message, IsWarning: false),
        _ => new(condition.Reason, $"{condition.Type}: {condition.Message}", !AskedFor.Contains(condition.Reason)),
    };
}

/// <summary>One change of an object's conditions that is worth an event.</summary>
/// <param name="Reason">The event's reason, in CamelCase.</param>
/// <param name="Message">What happened, for people.</param>
/// <param name="IsWarning">Whether somebody may have to do something.</param>
public readonly record struct ConditionChange(string Reason, string Message, bool IsWarning);
