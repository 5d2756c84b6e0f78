namespace Idp.Kubernetes.Client;

/// <summary>A request to the API server did not do what was asked.</summary>
/// <remarks>Caught by meaning, never by message: every meaning is a type of its own, and the server's own words are in <see cref="Status"/>.</remarks>
public abstract class KubeException : Exception
{
    private protected KubeException(string message, KubeStatus status, Exception? innerException)
        : base(message, innerException) => Status = status;

    /// <summary>What the server said; with code 0 when it said nothing.</summary>
    public KubeStatus Status { get; }
}
