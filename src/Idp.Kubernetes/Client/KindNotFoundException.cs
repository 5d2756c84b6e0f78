namespace Idp.Kubernetes.Client;

/// <summary>The server does not serve the kind at all: its CustomResourceDefinition is missing (404 without an object).</summary>
public sealed class KindNotFoundException : KubeException
{
    internal KindNotFoundException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}
