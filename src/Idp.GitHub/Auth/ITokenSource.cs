namespace Idp.GitHub;

/// <summary>Gives the token that the next request carries.</summary>
public interface ITokenSource
{
    /// <summary>Returns a token that is valid now; asked before every request, so it has to be cheap.</summary>
    /// <exception cref="TokenUnavailableException">There is no usable token, and people have to see to it.</exception>
    /// <exception cref="GitHubException">GitHub had to be asked for one, and that failed.</exception>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Told that GitHub took a token, whatever it then said to the request.</summary>
    void Accepted(string token)
    {
    }

    /// <summary>Told that GitHub refused a token (401); says whether and when to ask again.</summary>
    /// <remarks>
    /// A request that was refused has changed nothing, so it may be sent once more with another token. By default the
    /// refusal is the end of it.
    /// </remarks>
    /// <param name="refused">The token, and what GitHub said.</param>
    RetryDecision Rejected(RejectedToken refused) => RetryDecision.GiveUp;
}

/// <summary>A token that GitHub did not take (401).</summary>
/// <param name="token">The token.</param>
/// <param name="message">GitHub's words, free of tokens.</param>
/// <param name="serverTime">The time by GitHub's clock, from the answer's <c>Date</c>; null if it did not say.</param>
public sealed class RejectedToken(string token, string message, DateTimeOffset? serverTime)
{
    /// <summary>The token.</summary>
    public string Token { get; } = token;

    /// <summary>GitHub's words, free of tokens.</summary>
    public string Message { get; } = message;

    /// <summary>The time by GitHub's clock; null if it did not say.</summary>
    public DateTimeOffset? ServerTime { get; } = serverTime;

    /// <summary>Returns GitHub's words; never the token.</summary>
    public override string ToString() => Message;
}

/// <summary>What is to be done after GitHub refused a token.</summary>
/// <param name="TryAnother">Whether the source has another token, so that the request is worth repeating.</param>
/// <param name="RetryAt">When the same request may succeed; null where no time is known.</param>
public readonly record struct RetryDecision(bool TryAnother, DateTimeOffset? RetryAt)
{
    /// <summary>The refusal stands.</summary>
    public static RetryDecision GiveUp => default;

    /// <summary>The next token may be taken.</summary>
    public static RetryDecision Another => new(TryAnother: true, RetryAt: null);

    /// <summary>The token is good, but not known everywhere yet.</summary>
    public static RetryDecision Later(DateTimeOffset time) => new(TryAnother: false, time);
}
