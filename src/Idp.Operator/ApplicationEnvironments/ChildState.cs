using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What was seen of one part of an environment.</summary>
/// <param name="Status">Whether it is as it was asked for.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">Why, in the child's own words where it has any, and what to do.</param>
/// <param name="Outlook">What will become of it.</param>
internal sealed record ChildState(ConditionStatus Status, string Reason, string Message, Outlook Outlook)
{
    /// <summary>As it was asked for.</summary>
    public static ChildState Ready(string reason, string message) =>
        new(ConditionStatus.True, reason, message, Outlook.Settled);

    /// <summary>On its way.</summary>
    public static ChildState Progressing(string reason, string message) =>
        new(ConditionStatus.False, reason, message, Outlook.Progressing);

    /// <summary>Waiting for a person.</summary>
    public static ChildState Waiting(string reason, string message) =>
        new(ConditionStatus.False, reason, message, Outlook.Waiting);

    /// <summary>Failed.</summary>
    public static ChildState Failed(string reason, string message) =>
        new(ConditionStatus.False, reason, message, Outlook.Failed);

    /// <summary>The one that people should hear of first: a failure, then what waits for them, then what is on its way.</summary>
    /// <param name="states">At least one.</param>
    public static ChildState Worst(IEnumerable<ChildState> states) => states.MaxBy(state => state.Outlook)!;
}
