namespace Idp.Kubernetes.Client;

/// <summary>The request itself is wrong, such as an unknown field under strict validation (400 and other 4xx).</summary>
public sealed class BadRequestException : KubeException
{
    internal BadRequestException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
