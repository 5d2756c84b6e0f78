using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Reconciles entities of one kind.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <remarks>Made anew, in its own dependency injection scope, for every reconcile.</remarks>
public interface IEntityController<TEntity>
{
    /// <summary>Makes the world match the entity, which is not being deleted and carries every registered finalizer.</summary>
    /// <param name="entity">The entity as the cache has it, own writes included.</param>
    /// <param name="cancellationToken">Ends with the time limit, the leadership or the process.</param>
    Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>Called once the object is gone, as far as this process saw it: best effort, never to be relied upon.</summary>
    /// <param name="entity">The entity as it was reconciled last.</param>
    /// <param name="cancellationToken">Ends with the time limit, the leadership or the process.</param>
    /// <remarks>Work that must be done before an object may go belongs in an <see cref="IEntityFinalizer{TEntity}"/>.</remarks>
    Task<ReconciliationResult<TEntity>> DeletedAsync(TEntity entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<TEntity>.Success(entity));
}

/// <summary>Does what has to be done before an entity may go.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public interface IEntityFinalizer<TEntity>
{
    /// <summary>Takes one more step of the clean-up; called until it succeeds, so it must be repeatable.</summary>
    /// <param name="entity">The entity, of which deletion was asked for.</param>
    /// <param name="cancellationToken">Ends with the time limit, the leadership or the process.</param>
    /// <returns>Success lets the object go; everything else keeps it and comes back.</returns>
    Task<ReconciliationResult<TEntity>> FinalizeAsync(TEntity entity, CancellationToken cancellationToken);
}

/// <summary>Tells the user of an object that does not fit its type, which an old or lenient schema lets through.</summary>
/// <typeparam name="TEntity">The entity that it should have been.</typeparam>
/// <remarks>Optional; without one the object is only logged. It is tried again when it changes.</remarks>
public interface IMalformedEntityHandler<TEntity>
{
    /// <summary>Writes the error where the user sees it.</summary>
    /// <param name="live">The object as it is; it may be terminating.</param>
    /// <param name="problem">What does not fit, and at which path.</param>
    /// <param name="cancellationToken">Ends with the time limit, the leadership or the process.</param>
    Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken);
}

/// <summary>Asks for another reconcile of an entity after a while; an earlier one that is pending stays.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="entity">The entity.</param>
/// <param name="requeueIn">The while.</param>
/// <remarks>Injectable. Never dropped while the process lives: a process that loses its leadership keeps the key.</remarks>
public delegate void EntityRequeue<in TEntity>(TEntity entity, TimeSpan requeueIn);

/// <summary>Asks for another reconcile of every entity of a kind, spread over a while; for changed settings.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <param name="within">The while; zero means now.</param>
/// <remarks>Injectable.</remarks>
public delegate void EntityRequeueAll<TEntity>(TimeSpan within);
