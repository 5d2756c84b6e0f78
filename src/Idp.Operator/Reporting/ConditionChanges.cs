using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Reporting;

/// <summary>Finds what changed between two lists of conditions: events come from here and from nowhere else.</summary>
public static class ConditionChanges
{
    /// <summary>The changes that people may want to hear of, in the order of the new list.</summary>
    /// <remarks>
    /// A condition that becomes true is told by its type (<c>DatabaseReady</c>), one that becomes false or changes its
    /// reason by that reason (<c>ResourceConflict</c>). Nothing is told of what is only unknown, of what was not asked for, of a
    /// message that was worded anew, or of <c>Reconciling</c>, which comes and goes with every change.
    /// </remarks>
    /// <param name="before">The conditions as they were; empty on the first visit.</param>
    /// <param name="after">The conditions as they are.</param>
    public static IReadOnlyList<ConditionChange> Between(IReadOnlyList<Condition> before, IReadOnlyList<Condition> after)
    {
        var old = before.ToDictionary(condition => condition.Type, StringComparer.Ordinal);
        return [.. after.Where(IsNews).Select(Told)];

        bool IsNews(Condition now)
        {
            if (now.Status == ConditionStatus.Unknown || now.Type == Conditions.Reconciling || now.Reason == Reasons.NotRequested)
            {
                return false;
            }

            var was = old.GetValueOrDefault(now.Type);
            return was?.Status != now.Status || (now.Status == ConditionStatus.False && was.Reason != now.Reason);
        }
    }

    private static ConditionChange Told(Condition condition) => condition switch
    {
        { Type: Conditions.Stalled } => new(condition.Reason, condition.Message, IsWarning: true),
        { Status: ConditionStatus.True } => new(condition.Type, condition.Message, IsWarning: false),
        _ => new(condition.Reason, $"{condition.Type}: {condition.Message}", IsWarning: true),
    };
}
