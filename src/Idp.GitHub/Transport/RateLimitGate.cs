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

    /// <summary>Returns when to go on, or null if the answer is no rate limit; closes the gate until then.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="message">The words of its body.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="wall">What the machine's clock says, for an answer that does not tell GitHub's own time.</param>
    public DateTimeOffset? Close(GitHubAnswer answer, string message, DateTimeOffset now, DateTimeOffset wall)
    {
        if (RateLimit.Decide(answer, message, wall, _strikes) is not { } decision)
        {
            return null;
        }

        // A guess is spread, so that those who were refused together do not come back together.
        _strikes += decision.WasTold ? 0 : 1;
        CloseUntil(now + (decision.WasTold ? decision.Wait : decision.Wait * (1 + (Random.Shared.NextDouble() / 10))));
        return ResumeAt;
    }

    /// <summary>Closes the gate at least until then.</summary>
    public void CloseUntil(DateTimeOffset time) => ResumeAt = time > ResumeAt ? time : ResumeAt;

    /// <summary>Told of a success: the next guess starts from the beginning.</summary>
    public void Opened() => _strikes = 0;
}
