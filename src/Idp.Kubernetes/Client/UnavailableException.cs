namespace Idp.Kubernetes.Client;

/// <summary>The server could not be reached, did not answer in time, or failed (5xx); trying again later may help.</summary>
public sealed class UnavailableException : KubeException
{
    internal UnavailableException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
