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
    private static readonly TimeSpan Fallback = TimeSpan.FromMinutes(1);
    private const int MaxDoublings = 4;

    /// <summary>Returns when to go on, or null if the answer is no rate limit.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="message">The message and documentation address of its body.</param>
    /// <param name="now">The present time.</param>
    /// <param name="strikes">How often GitHub has said so without saying for how long, since the last success.</param>
    public static RateLimitDecision? Decide(GitHubAnswer answer, string message, DateTimeOffset now, int strikes)
    {
        if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
        {
            return null;
        }

        if (answer.Headers.RetryAfter is { } retry)
        {
            return new RateLimitDecision(retry.Date ?? now + (retry.Delta ?? Fallback), WasTold: true);
        }

        if (answer.Header("x-ratelimit-remaining") == "0" && Reset(answer) is { } reset)
        {
            return new RateLimitDecision(reset, WasTold: true);
        }

        var limited = answer.Status == HttpStatusCode.TooManyRequests
            || answer.Header("x-ratelimit-remaining") == "0"
            || SecondaryLimit().IsMatch(message);
        return limited
            ? new RateLimitDecision(now + Fallback * (1 << Math.Min(strikes, MaxDoublings)), WasTold: false)
            : null;
    }

    // One second more: GitHub counts in whole seconds.
    private static DateTimeOffset? Reset(GitHubAnswer answer) =>
        long.TryParse(
            answer.Header("x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && epoch < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(epoch + 1)
            : null;

    [GeneratedRegex("secondary.rate|abuse", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecondaryLimit();
}

/// <summary>When to go on, and whether GitHub said so or we guess.</summary>
internal readonly record struct RateLimitDecision(DateTimeOffset ResumeAt, bool WasTold);
