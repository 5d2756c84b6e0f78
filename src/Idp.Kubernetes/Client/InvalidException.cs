namespace Idp.Kubernetes.Client;

/// <summary>The object breaks a rule of its kind; sending it again will not help (422).</summary>
public sealed class InvalidException : KubeException
{
    internal InvalidException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
