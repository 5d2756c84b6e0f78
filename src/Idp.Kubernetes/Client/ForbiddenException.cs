namespace Idp.Kubernetes.Client;

/// <summary>The account may not do this, or admission refused it (403).</summary>
public sealed class ForbiddenException : KubeException
{
    internal ForbiddenException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
