namespace Idp.Kubernetes.Controllers;

/// <summary>How one reconcile ended.</summary>
public enum ReconcileOutcome
{
    /// <summary>The world is as wanted; come back only if asked to.</summary>
    Success,

    /// <summary>Somebody else has to act first; come back after a while.</summary>
    Waiting,

    /// <summary>Something went wrong that may right itself; come back with back-off.</summary>
    Failed,

    /// <summary>Another writer was faster; come back soon, and quietly.</summary>
    Conflict,

    /// <summary>Only a change of the object or its surroundings can help; do not come back before one.</summary>
    Stalled,

    /// <summary>The reconcile took longer than it may; come back with back-off.</summary>
    TimedOut,
}
