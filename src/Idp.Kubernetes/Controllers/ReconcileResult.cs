namespace Idp.Kubernetes.Controllers;

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
    /// <param name="requeueAfter">The while.</param>
    public static ReconcileResult After(TimeSpan requeueAfter) => new(ReconcileOutcome.Success, requeueAfter);

    /// <summary>Somebody else has to act first.</summary>
    /// <param name="requeueAfter">When to look again, should no change come before.</param>
    /// <param name="message">Who, and what.</param>
    public static ReconcileResult Waiting(TimeSpan requeueAfter, string message) =>
        new(ReconcileOutcome.Waiting, requeueAfter, message);

    /// <summary>Something went wrong: retried for ever, with back-off unless a time is given.</summary>
    /// <param name="message">What.</param>
    /// <param name="error">What was thrown, if anything.</param>
    /// <param name="requeueAfter">When to come back in place of the back-off.</param>
    public static ReconcileResult Failed(string message, Exception? error = null, TimeSpan? requeueAfter = null) =>
        new(ReconcileOutcome.Failed, requeueAfter, message, error);

    /// <summary>Another writer was faster.</summary>
    /// <param name="message">On what.</param>
    public static ReconcileResult Conflict(string message) => new(ReconcileOutcome.Conflict, Message: message);

    /// <summary>Only a change can help: not retried before one.</summary>
    /// <param name="message">What has to change.</param>
    public static ReconcileResult Stalled(string message) => new(ReconcileOutcome.Stalled, Message: message);
}
