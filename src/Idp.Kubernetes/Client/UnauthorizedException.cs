namespace Idp.Kubernetes.Client;

/// <summary>The server does not know the account (401).</summary>
public sealed class UnauthorizedException : KubeException
{
    internal UnauthorizedException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
