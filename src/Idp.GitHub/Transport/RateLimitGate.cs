namespace Idp.GitHub;

/// <summary>
/// Keeps a limited token from being used: who goes on asking while limited can lose access altogether.
/// </summary>
internal sealed class RateLimitGate
{
    private readonly Lock _lock = new();
    private DateTimeOffset _resumeAt;
    private int _strikes;

    public void ThrowIfClosed(GitHubRequest request, DateTimeOffset now)
    {
        DateTimeOffset resumeAt;
        lock (_lock)
        {
            resumeAt = _resumeAt;
        }

        if (now < resumeAt)
        {
            throw new RateLimitedException(
                new GitHubFailure
                {
                    Message = $"GitHub was not asked to {request.Purpose}: it wants no request before {resumeAt:u}.",
                    Operation = request.Operation,
                },
                resumeAt);
        }
    }

    /// <summary>Returns when to go on, or null if the answer is no rate limit; closes the gate until then.</summary>
    public DateTimeOffset? Close(GitHubAnswer answer, string message, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (RateLimit.Decide(answer, message, now, _strikes) is not { } decision)
            {
                return null;
            }

            _strikes += decision.WasTold ? 0 : 1;
            _resumeAt = decision.ResumeAt > _resumeAt ? decision.ResumeAt : _resumeAt;
            return decision.ResumeAt;
        }
    }

    /// <summary>Told of a success: the next guess starts from the beginning.</summary>
    public void Opened()
    {
        lock (_lock)
        {
            _strikes = 0;
        }
    }
}
