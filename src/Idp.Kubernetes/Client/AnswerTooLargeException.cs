namespace Idp.Kubernetes.Client;

/// <summary>The server's answer is larger than anything that is expected there; it was not read to its end.</summary>
public sealed class AnswerTooLargeException : KubeException
{
    internal AnswerTooLargeException(string message, KubeStatus status)
        : base(message, status, null)
    {
    }
}
