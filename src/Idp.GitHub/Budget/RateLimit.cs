using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Idp.GitHub;

/// <summary>Tells a request to wait from a refusal, and for how long. Pure.</summary>
/// <remarks>
/// See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit; the
/// order of the questions is GitHub's own.
/// </remarks>
internal static partial class RateLimit
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private static readonly TimeSpan Fallback = TimeSpan.FromMinutes(1);
    private const int MaxDoublings = 4;

    /// <summary>A wait that ends: whatever GitHub says, or its clock and ours, it is neither none nor for ever.</summary>
    public static TimeSpan Bounded(TimeSpan told) => told < Shortest ? Shortest : told > Longest ? Longest : told;

    /// <summary>Returns how long to wait, or null if the answer is no rate limit.</summary>
    /// <remarks>A time of day is held against GitHub's own clock, which it tells with each answer.</remarks>
    /// <param name="answer">The answer.</param>
    /// <param name="message">The message and documentation address of its body.</param>
    /// <param name="wall">The present time, for an answer that does not say when it was given.</param>
    /// <param name="strikes">How often GitHub has said so without saying for how long, since the last success.</param>
    public static RateLimitDecision? Decide(GitHubResponse answer, string message, DateTimeOffset wall, int strikes)
    {
        if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
        {
            return null;
        }

        if (Told(answer, answer.Headers.Date ?? wall) is { } told)
        {
            // What is over already says that there is a limit, and not how long it lasts.
            return told >= Shortest
                ? new RateLimitDecision(Bounded(told), WasTold: true)
                : new RateLimitDecision(Doubled(Shortest, strikes), WasTold: false);
        }

        var limited = answer.Status == HttpStatusCode.TooManyRequests
            || answer.Header("x-ratelimit-remaining") == "0"
            || SecondaryLimit().IsMatch(message);
        return limited
            ? new RateLimitDecision(Doubled(Fallback, strikes), WasTold: false)
            : null;
    }

    private static TimeSpan Doubled(TimeSpan wait, int strikes) => wait * (1 << Math.Min(strikes, MaxDoublings));

    private static TimeSpan? Told(GitHubResponse answer, DateTimeOffset now) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => answer.Header("x-ratelimit-remaining") == "0" && Reset(answer) is { } reset ? reset - now : null,
    };

    // One second more: GitHub counts in whole seconds.
    private static DateTimeOffset? Reset(GitHubResponse answer) =>
        long.TryParse(
            answer.Header("x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && epoch < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(epoch + 1)
            : null;

    [GeneratedRegex("secondary.rate|abuse", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecondaryLimit();
}

/// <summary>How long to wait, and whether GitHub said so or we guess.</summary>
internal readonly record struct RateLimitDecision(TimeSpan Wait, bool WasTold);

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
    public DateTimeOffset? Close(GitHubResponse answer, string message, DateTimeOffset now, DateTimeOffset wall)
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
