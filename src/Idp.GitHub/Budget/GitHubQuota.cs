namespace Idp.GitHub;

/// <summary>The hourly quota of a credential, as GitHub's last answer told it.</summary>
/// <remarks>
/// See <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit"/>.
/// </remarks>
/// <param name="Credential">Whose quota it is: <see cref="GitHubOptions.Credential"/>; never a secret.</param>
/// <param name="Limit">Requests in an hour.</param>
/// <param name="Remaining">Requests that are left.</param>
/// <param name="ResetAt">When all of them are there again.</param>
public readonly record struct GitHubQuota(string Credential, int Limit, int Remaining, DateTimeOffset ResetAt);
