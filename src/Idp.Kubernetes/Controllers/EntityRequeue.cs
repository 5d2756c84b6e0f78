namespace Idp.Kubernetes.Controllers;

/// <summary>Asks for another reconcile of an entity after a while; an earlier one that is pending stays.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="entity">The entity.</param>
/// <param name="requeueIn">The while.</param>
/// <remarks>Injectable. Never dropped while the process lives: a process that loses its leadership keeps the key.</remarks>
public delegate void EntityRequeue<in TEntity>(TEntity entity, TimeSpan requeueIn);
