namespace Idp.GitHub;

/// <summary>Is told of every request that <see cref="GitHubClient"/> sends, to count and time them.</summary>
public interface IGitHubCallObserver
{
    /// <summary>
    /// Called once for each request on the wire, redirects included; must be quick and must not throw.
    /// </summary>
    void Called(GitHubCall made);

    /// <summary>Called when an answer told the hourly quota; must be quick and must not throw.</summary>
    void QuotaSeen(GitHubQuota quota)
    {
    }

    /// <summary>Called when nothing more will be told of a credential; must be quick and must not throw.</summary>
    void QuotaGone(string credential)
    {
    }
}

/// <summary>One request that was sent to GitHub, as a meter wants it.</summary>
/// <param name="Operation">What was asked for, out of a small fixed set such as <c>create_repository</c>.</param>
/// <param name="StatusCode">The status of the answer, or null when none came.</param>
/// <param name="Elapsed">The time from sending to the end of the answer.</param>
public readonly record struct GitHubCall(string Operation, int? StatusCode, TimeSpan Elapsed);

/// <summary>The hourly quota of a credential, as GitHub's last answer told it.</summary>
/// <remarks>
/// See <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit"/>.
/// </remarks>
/// <param name="Credential">Whose quota it is: <see cref="GitHubOptions.Credential"/>; never a secret.</param>
/// <param name="Limit">Requests in an hour.</param>
/// <param name="Remaining">Requests that are left.</param>
/// <param name="ResetAt">When all of them are there again.</param>
public readonly record struct GitHubQuota(string Credential, int Limit, int Remaining, DateTimeOffset ResetAt);
