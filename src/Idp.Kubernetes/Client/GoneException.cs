namespace Idp.Kubernetes.Client;

/// <summary>The resource version or the continue token is too old: list again (410).</summary>
public sealed class GoneException : KubeException
{
    internal GoneException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
