namespace Idp.Kubernetes.Client;

/// <summary>The object changed meanwhile, is another one than expected, or a field belongs to somebody else (409).</summary>
public sealed class ConflictException : KubeException
{
    internal ConflictException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
