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
