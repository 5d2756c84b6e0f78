namespace Idp.Kubernetes.Client;

/// <summary>A request to the API server did not do what was asked.</summary>
/// <remarks>Caught by meaning, never by message: every meaning is a type of its own, and the server's own words are in <see cref="Status"/>.</remarks>
public abstract class KubeException : Exception
{
    private protected KubeException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, innerException) => Status = status;

    /// <summary>What the server said; with code 0 when it said nothing.</summary>
    public KubeStatus Status { get; }
}

/// <summary>The request itself is wrong, such as an unknown field under strict validation (400 and other 4xx).</summary>
public sealed class BadRequestException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The server does not know the account (401).</summary>
public sealed class UnauthorizedException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The account may not do this, or admission refused it (403).</summary>
public sealed class ForbiddenException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The object, or the namespace that it should be in, does not exist (404).</summary>
public sealed class NotFoundException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The server does not serve the kind at all: its CustomResourceDefinition is missing (404 without an object).</summary>
public sealed class KindNotFoundException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>An object of this name exists already (409).</summary>
public sealed class AlreadyExistsException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The object changed meanwhile, is another one than expected, or a field belongs to somebody else (409).</summary>
public sealed class ConflictException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The resource version or the continue token is too old: list again (410).</summary>
public sealed class GoneException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The object breaks a rule of its kind; sending it again will not help (422).</summary>
public sealed class InvalidException(string message, KubeStatus status) : KubeException(message, status);

/// <summary>The server asks for fewer requests (429).</summary>
public sealed class TooManyRequestsException(string message, KubeStatus status, TimeSpan? retryAfter) : KubeException(message, status)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How long to pause after a failure: as long as the back-off says, or the server, which is not believed without bounds.</summary>
    internal static TimeSpan PauseAfter(Exception? error, TimeSpan backoff)
    {
        var asked = (error as TooManyRequestsException)?.RetryAfter ?? TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(backoff.Ticks, Math.Min(asked.Ticks, Longest.Ticks)));
    }
}

/// <summary>The server could not be reached, did not answer in time, or failed (5xx); trying again later may help.</summary>
public sealed class UnavailableException(string message, KubeStatus status, Exception? cause = null) : KubeException(message, status, cause);

/// <summary>The server's answer is larger than anything that is expected there; it was not read to its end.</summary>
public sealed class AnswerTooLargeException(string message, KubeStatus status) : KubeException(message, status);
