using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>Makes the world match one object, whatever happened to either.</summary>
/// <remarks>
/// The key travels, never the event: an implementation reads the state as it is now and must not care why it was
/// called, how often, or what it did before. Guarantees: never called twice at once for one key; an exception is
/// retried for ever with capped back-off; the token ends with the time limit, with the leadership and with the process.
/// </remarks>
public interface IReconciler
{
    /// <summary>Reconciles one object, which may be gone.</summary>
    /// <param name="key">The object.</param>
    /// <param name="cancellationToken">Ends the work; an implementation that ignores it costs the process its life.</param>
    Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}
