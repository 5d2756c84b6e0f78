namespace Idp.GitHub;

/// <summary>GitHub did not take the token (401).</summary>
/// <remarks>
/// Not terminal: no change of the request mends it, but a rotated token does, and it is read again for each request.
/// </remarks>
/// <param name="failure">All that is known.</param>
/// <param name="retryAt">When the same call may succeed; null where no time is known.</param>
public sealed class GitHubUnauthorizedException(GitHubFailure failure, DateTimeOffset? retryAt = null)
    : GitHubException(failure)
{
    /// <summary>
    /// When to come again, where the token is so young that GitHub may not know it everywhere; else null.
    /// </summary>
    public DateTimeOffset? RetryAt { get; } = retryAt;

    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
