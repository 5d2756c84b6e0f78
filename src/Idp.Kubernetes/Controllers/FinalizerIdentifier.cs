namespace Idp.Kubernetes.Controllers;

/// <summary>The name under which a finalizer of an entity stands in its objects.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="Value">A domain, a slash and a name.</param>
internal sealed record FinalizerIdentifier<TEntity>(string Value);
