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
