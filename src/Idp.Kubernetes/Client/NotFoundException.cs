namespace Idp.Kubernetes.Client;

/// <summary>The object, or the namespace that it should be in, does not exist (404).</summary>
public sealed class NotFoundException : KubeException
{
    internal NotFoundException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
