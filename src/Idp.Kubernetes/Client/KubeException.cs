namespace Idp.Kubernetes.Client;

/// <summary>A request to the API server did not do what was asked.</summary>
/// <remarks>Caught by meaning, never by message: every meaning is a type of its own, and the server's own words are in <see cref="Status"/>.</remarks>
public abstract class KubeException : Exception
{
    private protected KubeException(string message, KubeStatus status, Exception? innerException)
        : base(message, innerException) => Status = status;

    /// <summary>What the server said; with code 0 when it said nothing.</summary>
    public KubeStatus Status { get; }
}

/// <summary>The request itself is wrong, such as an unknown field under strict validation (400 and other 4xx).</summary>
public sealed class BadRequestException : KubeException
{
    internal BadRequestException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The server does not know the account (401).</summary>
public sealed class UnauthorizedException : KubeException
{
    internal UnauthorizedException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The account may not do this, or admission refused it (403).</summary>
public sealed class ForbiddenException : KubeException
{
    internal ForbiddenException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The object, or the namespace that it should be in, does not exist (404).</summary>
public sealed class NotFoundException : KubeException
{
    internal NotFoundException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The server does not serve the kind at all: its CustomResourceDefinition is missing (404 without an object).</summary>
public sealed class KindNotFoundException : KubeException
{
    internal KindNotFoundException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>An object of this name exists already (409).</summary>
public sealed class AlreadyExistsException : KubeException
{
    internal AlreadyExistsException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The object changed meanwhile, is another one than expected, or a field belongs to somebody else (409).</summary>
public sealed class ConflictException : KubeException
{
    internal ConflictException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The resource version or the continue token is too old: list again (410).</summary>
public sealed class GoneException : KubeException
{
    internal GoneException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The object breaks a rule of its kind; sending it again will not help (422).</summary>
public sealed class InvalidException : KubeException
{
    internal InvalidException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

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

/// <summary>The server could not be reached, did not answer in time, or failed (5xx); trying again later may help.</summary>
public sealed class UnavailableException : KubeException
{
    internal UnavailableException(string message, KubeStatus status, Exception? innerException = null)
        : base(message, status, innerException)
    {
    }
}

/// <summary>The server's answer is larger than anything that is expected there; it was not read to its end.</summary>
public sealed class AnswerTooLargeException : KubeException
{
    internal AnswerTooLargeException(string message, KubeStatus status)
        : base(message, status, null)
    {
    }
}
