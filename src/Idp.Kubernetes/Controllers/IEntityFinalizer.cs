namespace Idp.Kubernetes.Controllers;

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
