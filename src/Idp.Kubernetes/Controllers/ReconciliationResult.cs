using System.Diagnostics.CodeAnalysis;

namespace Idp.Kubernetes.Controllers;

/// <summary>What a controller or a finalizer says about its entity.</summary>
/// <remarks>
/// The names are KubeOps' (https://dotnet.github.io/dotnet-operator-sdk); what differs in meaning is listed in
/// docs/decisions/0005-runtime.md. From a finalizer <see cref="Success"/> lets the object go; every other result keeps it.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "The factories are called as KubeOps' users know them.")]
public sealed record ReconciliationResult<TEntity>
{
    private ReconciliationResult(TEntity entity, ReconcileResult result, string reason = "")
    {
        Entity = entity;
        Underlying = result;
        Reason = reason;
    }

    /// <summary>The entity that was reconciled.</summary>
    public TEntity Entity { get; }

    /// <summary>Why a stalled entity stalled, as one CamelCase word; else empty.</summary>
    public string Reason { get; }

    /// <summary>Whether the world is as wanted.</summary>
    public bool IsSuccess => Underlying.Outcome == ReconcileOutcome.Success;

    /// <summary>What went wrong or is waited for; null on success.</summary>
    public string? ErrorMessage => IsSuccess ? null : Underlying.Message;

    /// <summary>What was thrown, if anything.</summary>
    public Exception? Error => Underlying.Error;

    /// <summary>When to come back; null leaves it to the outcome.</summary>
    public TimeSpan? RequeueAfter => Underlying.RequeueAfter;

    /// <summary>The same in the words of <see cref="IReconciler"/>.</summary>
    internal ReconcileResult Underlying { get; }

    /// <summary>The world is as wanted; look again after a while where one is given, should no change come before.</summary>
    public static ReconciliationResult<TEntity> Success(TEntity entity, TimeSpan? requeueAfter = null) =>
        new(entity, new ReconcileResult(ReconcileOutcome.Success, requeueAfter));

    /// <summary>Something went wrong: retried for ever, with capped back-off unless a time is given. The message holds no secret.</summary>
    public static ReconciliationResult<TEntity> Failure(
        TEntity entity, string message, Exception? error = null, TimeSpan? requeueAfter = null) =>
        new(entity, ReconcileResult.Failed(message, error, requeueAfter));

    /// <summary>Only a change can help, which the message names: not retried before one. The reason is one CamelCase word.</summary>
    public static ReconciliationResult<TEntity> Stalled(TEntity entity, string reason, string message) =>
        new(entity, ReconcileResult.Stalled($"{reason}: {message}"), reason);

    /// <summary>Somebody else, whom the message names, has to act first; look again after a while, should no change come before.</summary>
    public static ReconciliationResult<TEntity> Waiting(TEntity entity, TimeSpan requeueAfter, string message) =>
        new(entity, ReconcileResult.Waiting(requeueAfter, message));
}
