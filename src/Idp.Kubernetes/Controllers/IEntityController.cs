using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Reconciles entities of one kind.</summary>
/// <remarks>Made anew, in its own dependency injection scope, for every reconcile.</remarks>
public interface IEntityController<TEntity>
{
    /// <summary>Makes the world match the entity, which is as the cache has it, own writes included, is not being deleted and carries every registered finalizer.</summary>
    Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>Called with the last known state once the object is gone, as far as this process saw it: best effort, never to be relied upon.</summary>
    /// <remarks>Work that must be done before an object may go belongs in an <see cref="IEntityFinalizer{TEntity}"/>.</remarks>
    Task<ReconciliationResult<TEntity>> DeletedAsync(TEntity entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<TEntity>.Success(entity));
}

/// <summary>Does what has to be done before an entity may go.</summary>
public interface IEntityFinalizer<TEntity>
{
    /// <summary>Takes one more step of the clean-up; called until it succeeds, so it must be repeatable.</summary>
    /// <returns>Success lets the object go; everything else keeps it and comes back.</returns>
    Task<ReconciliationResult<TEntity>> FinalizeAsync(TEntity entity, CancellationToken cancellationToken);
}

/// <summary>Tells the user of an object that does not fit its type, which an old or lenient schema lets through.</summary>
/// <remarks>Optional; without one the object is only logged. It is tried again when it changes.</remarks>
public interface IMalformedEntityHandler<TEntity>
{
    /// <summary>Writes the error where the user sees it; the object may be terminating.</summary>
    Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken);
}

/// <summary>Asks for another reconcile of an entity after a while; an earlier one that is pending stays.</summary>
/// <remarks>Injectable. Never dropped while the process lives: a process that loses its leadership keeps the key.</remarks>
public delegate void EntityRequeue<in TEntity>(TEntity entity, TimeSpan requeueIn);

/// <summary>Asks for another reconcile of every entity of a kind, spread over a while or, where that is zero, now; for changed settings.</summary>
/// <remarks>Injectable.</remarks>
public delegate void EntityRequeueAll<TEntity>(TimeSpan within);
