using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Reporting;

/// <summary>Finds what changed between two lists of conditions: events come from here and from nowhere else.</summary>
public static class ConditionChanges
{
    // Not yet, but on its way: nobody has to do anything.
    private static readonly HashSet<string> Quiet = new(StringComparer.Ordinal)
    {
        Reasons.Progressing,
        Reasons.DependencyNotReady,
        Reasons.Deleting,
        Reasons.Suspended,
    };

    /// <summary>The changes that people may want to hear of, in the order of the new list.</summary>
    /// <remarks>
    /// A condition that becomes true is told by its type (<c>DatabaseReady</c>), one that becomes false or changes its
    /// reason by that reason (<c>HealthCheckFailed</c>). Nothing is told of what is only unknown, of what was not asked for, of a
    /// message that was worded anew, of <c>Reconciling</c>, which comes and goes with every change, and of a Ready that
    /// is false, because the condition that makes it so is told already; only a blocked deletion has no other.
    /// </remarks>
    /// <param name="before">The conditions as they were; empty on the first visit.</param>
    /// <param name="after">The conditions as they are.</param>
    public static IReadOnlyList<ConditionChange> Between(IReadOnlyList<Condition> before, IReadOnlyList<Condition> after)
    {
        var old = before.DistinctBy(condition => condition.Type).ToDictionary(condition => condition.Type, StringComparer.Ordinal);
        return [.. after.Where(now => IsWorthTelling(now) && IsNew(now, old.GetValueOrDefault(now.Type))).Select(Told)];
    }

    private static bool IsWorthTelling(Condition now) => now is not
        ({ Status: ConditionStatus.Unknown }
        or { Type: Conditions.Reconciling }
        or { Reason: Reasons.NotRequested }
        or { Type: Conditions.Ready, Status: ConditionStatus.False, Reason: not Reasons.DeletionBlocked });

    private static bool IsNew(Condition now, Condition? was) =>
        was?.Status != now.Status || (was.Reason != now.Reason && (now.Status == ConditionStatus.False || now.Type == Conditions.Stalled));

    private static ConditionChange Told(Condition condition) => condition switch
    {
        { Type: Conditions.Stalled } => new(condition.Reason, condition.Message, IsWarning: true),
        { Status: ConditionStatus.True } => new(condition.Type, condition.Message, IsWarning: false),
        _ => new(condition.Reason, $"{condition.Type}: {condition.Message}", !Quiet.Contains(condition.Reason)),
    };
}
