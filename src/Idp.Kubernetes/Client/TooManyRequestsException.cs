namespace Idp.Kubernetes.Client;

/// <summary>The server asks for fewer requests (429).</summary>
public sealed class TooManyRequestsException : KubeException
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    internal TooManyRequestsException(string message, KubeStatus status, TimeSpan? retryAfter)
        : base(message, status, null) => RetryAfter = retryAfter;

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>How long to pause after a failure: as long as the back-off says, or the server, which is not believed without bounds.</summary>
    /// <param name="error">What failed; null where that is not known.</param>
    /// <param name="backoff">What the back-off says.</param>
    internal static TimeSpan PauseAfter(Exception? error, TimeSpan backoff)
    {
        var asked = (error as TooManyRequestsException)?.RetryAfter ?? TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(backoff.Ticks, Math.Min(asked.Ticks, Longest.Ticks)));
    }
}
