namespace Idp.GitHub;

/// <summary>A token that GitHub did not take (401).</summary>
/// <param name="token">The token.</param>
/// <param name="message">GitHub's words, free of tokens.</param>
/// <param name="serverTime">The time by GitHub's clock, from the answer's <c>Date</c>; null if it did not say.</param>
public sealed class RefusedToken(string token, string message, DateTimeOffset? serverTime)
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
