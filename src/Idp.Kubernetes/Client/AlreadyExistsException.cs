namespace Idp.Kubernetes.Client;

/// <summary>An object of this name exists already (409).</summary>
public sealed class AlreadyExistsException : KubeException
{
    internal AlreadyExistsException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
