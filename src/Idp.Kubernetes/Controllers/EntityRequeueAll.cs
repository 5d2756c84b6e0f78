namespace Idp.Kubernetes.Controllers;

/// <summary>Asks for another reconcile of every entity of a kind, spread over a while; for changed settings.</summary>
/// <typeparam name="TEntity">The kind.</typeparam>
/// <param name="within">The while; zero means now.</param>
/// <remarks>Injectable.</remarks>
public delegate void EntityRequeueAll<TEntity>(TimeSpan within);
