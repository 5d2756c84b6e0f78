namespace Idp.GitHub;

/// <summary>
/// Keeps a limited token from being used: who goes on asking while limited can lose access altogether. Not safe for
/// many threads.
/// </summary>
internal sealed class RateLimitGate
{
    private int _strikes;

    /// <summary>When the next request may go; long ago where nothing was said.</summary>
    public DateTimeOffset ResumeAt { get; private set; }

    public void ThrowIfClosed(GitHubRequest request, DateTimeOffset now)
    {
        if (now < ResumeAt)
        {
            throw new RateLimitedException(
                new GitHubFailure
                {
                    Message = $"GitHub was not asked to {request.Purpose}: it wants no request before {ResumeAt:u}.",
                    Operation = request.Operation,
                },
                ResumeAt);
        }
    }

    /// <summary>Returns when to go on, or null if the answer is no rate limit; closes the gate until then.</summary>
    public DateTimeOffset? Close(GitHubAnswer answer, string message, DateTimeOffset now)
    {
        if (RateLimit.Decide(answer, message, now, _strikes) is not { } decision)
        {
            return null;
        }

        _strikes += decision.WasTold ? 0 : 1;
        CloseUntil(decision.ResumeAt);
        return decision.ResumeAt;
    }

    /// <summary>Closes the gate at least until then.</summary>
    public void CloseUntil(DateTimeOffset time) => ResumeAt = time > ResumeAt ? time : ResumeAt;

    /// <summary>Told of a success: the next guess starts from the beginning.</summary>
    public void Opened() => _strikes = 0;
}
