using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

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
