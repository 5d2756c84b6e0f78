using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Makes the world match one object, whatever happened to either.</summary>
/// <remarks>
/// The key travels, never the event: an implementation reads the state as it is now and must not care why it was
/// called, how often, or what it did before. Guarantees: never called twice at once for one key; an exception is
/// retried for ever with capped back-off; the token ends with the time limit, with the leadership and with the process.
/// </remarks>
public interface IReconciler
{
    /// <summary>Reconciles one object, which may be gone; to ignore the token costs the process its life.</summary>
    Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}

/// <summary>What a reconcile says about its key.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="RequeueAfter">When to come back; null leaves it to the outcome.</param>
/// <param name="Message">Why, for the log; empty on success. Holds no secret.</param>
/// <param name="Error">What was thrown, if anything.</param>
public sealed record ReconcileResult(
    ReconcileOutcome Outcome,
    TimeSpan? RequeueAfter = null,
    string Message = "",
    Exception? Error = null)
{
    /// <summary>The world is as wanted.</summary>
    public static ReconcileResult Success { get; } = new(ReconcileOutcome.Success);

    /// <summary>The world is as wanted; look again after a while.</summary>
    public static ReconcileResult After(TimeSpan requeueAfter) => new(ReconcileOutcome.Success, requeueAfter);

    /// <summary>Somebody else has to act first; look again after a while, should no change come before.</summary>
    public static ReconcileResult Waiting(TimeSpan requeueAfter, string message) =>
        new(ReconcileOutcome.Waiting, requeueAfter, message);

    /// <summary>Something went wrong: retried for ever, with back-off unless a time is given.</summary>
    public static ReconcileResult Failed(string message, Exception? error = null, TimeSpan? requeueAfter = null) =>
        new(ReconcileOutcome.Failed, requeueAfter, message, error);

    /// <summary>Another writer was faster.</summary>
    public static ReconcileResult Conflict(string message) => new(ReconcileOutcome.Conflict, Message: message);

    /// <summary>Only a change can help, which the message names: not retried before one.</summary>
    public static ReconcileResult Stalled(string message) => new(ReconcileOutcome.Stalled, Message: message);
}

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
