namespace Idp.GitHub;

/// <summary>What is to be done after GitHub refused a token.</summary>
/// <param name="TryAnother">Whether the source has another token, so that the request is worth repeating.</param>
/// <param name="RetryAt">When the same request may succeed; null where no time is known.</param>
public readonly record struct AfterRefusal(bool TryAnother, DateTimeOffset? RetryAt)
{
    /// <summary>The refusal stands.</summary>
    public static AfterRefusal GiveUp => default;

    /// <summary>The next token may be taken.</summary>
    public static AfterRefusal Another => new(TryAnother: true, RetryAt: null);

    /// <summary>The token is good, but not known everywhere yet.</summary>
    public static AfterRefusal Later(DateTimeOffset time) => new(TryAnother: false, time);
}
