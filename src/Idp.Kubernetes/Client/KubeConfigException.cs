namespace Idp.Kubernetes.Client;

/// <summary>A kubeconfig is missing or not usable; the message says what and where, and never a credential.</summary>
public sealed class KubeConfigException : Exception
{
    internal KubeConfigException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
