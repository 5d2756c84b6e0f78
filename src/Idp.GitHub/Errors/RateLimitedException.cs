namespace Idp.GitHub;

/// <summary>GitHub asked to wait (403 or 429); every call with this token has to.</summary>
/// <remarks>
/// The client sends nothing before <see cref="ResumeAt"/>: until then each call fails with this exception at once. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit"/>.
/// </remarks>
public sealed class RateLimitedException(GitHubFailure failure, DateTimeOffset resumeAt) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;

    /// <summary>The first moment at which a call makes sense again.</summary>
    public DateTimeOffset ResumeAt { get; } = resumeAt;
}
