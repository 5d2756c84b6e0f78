using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What was seen of one part of an environment.</summary>
/// <param name="Status">Whether it is as it was asked for.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">Why, in the child's own words where it has any, and what to do.</param>
/// <param name="Health">What will become of it.</param>
internal sealed record ChildState(ConditionStatus Status, string Reason, string Message, Health Health)
{
    /// <summary>As it was asked for.</summary>
    public static ChildState Ready(string reason, string message) =>
        new(ConditionStatus.True, reason, message, Health.Healthy);

    /// <summary>On its way.</summary>
    public static ChildState Progressing(string reason, string message) =>
        new(ConditionStatus.False, reason, message, Health.Progressing);

    /// <summary>Waiting for a person.</summary>
    public static ChildState Waiting(string reason, string message) =>
        new(ConditionStatus.False, reason, message, Health.Waiting);

    /// <summary>Failed.</summary>
    public static ChildState Failed(string reason, string message) =>
        new(ConditionStatus.False, reason, message, Health.Failed);

    /// <summary>The one that people should hear of first: a failure, then what waits for them, then what is on its way.</summary>
    /// <param name="states">At least one.</param>
    public static ChildState Worst(IEnumerable<ChildState> states) => states.MaxBy(state => state.Health)!;
}

/// <summary>What will become of a part of an environment if nobody does anything.</summary>
internal enum Health
{
    /// <summary>Nothing: it is as it was asked for.</summary>
    Healthy,

    /// <summary>It is on its way.</summary>
    Progressing,

    /// <summary>It waits for a person, on purpose.</summary>
    Waiting,

    /// <summary>It has failed; whoever runs it may try again.</summary>
    Failed,
}
