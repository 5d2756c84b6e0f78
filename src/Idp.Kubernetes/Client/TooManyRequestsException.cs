namespace Idp.Kubernetes.Client;

/// <summary>The server asks for fewer requests (429).</summary>
public sealed class TooManyRequestsException : KubeException
{
    internal TooManyRequestsException(string message, KubeStatus status, TimeSpan? retryAfter)
        : base(message, status, null) => RetryAfter = retryAfter;

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
