using System.Net;

namespace Idp.GitHub;

/// <summary>
/// Sends with a token, and once more with another where the first was refused and the source has another.
/// </summary>
internal sealed class Authorized(ITokenSource tokens)
{
    /// <summary>Returns the last answer, the token it was given to, and when a refused request may succeed.</summary>
    public async Task<(GitHubAnswer Answer, string Token, DateTimeOffset? RetryAt)> SendAsync(
        Func<string, Task<GitHubAnswer>> send, CancellationToken cancellationToken)
    {
        var (answer, token, after) = await SendOnceAsync(send, cancellationToken);
        if (after.TryAnother)
        {
            (answer, token, after) = await SendOnceAsync(send, cancellationToken);
        }

        return (answer, token, after.RetryAt);
    }

    private async Task<(GitHubAnswer Answer, string Token, AfterRefusal After)> SendOnceAsync(
        Func<string, Task<GitHubAnswer>> send, CancellationToken cancellationToken)
    {
        var token = await tokens.GetTokenAsync(cancellationToken);
        var answer = await send(token);
        if (answer.Status == HttpStatusCode.Unauthorized)
        {
            return (answer, token, tokens.Refused(Refused(token, answer)));
        }

        // What fails in GitHub itself may never have got to the token.
        if (answer.Status < HttpStatusCode.InternalServerError)
        {
            tokens.Taken(token);
        }

        return (answer, token, AfterRefusal.GiveUp);
    }

    private static RefusedToken Refused(string token, GitHubAnswer answer) =>
        new(token, ErrorBody.Parse(answer.Body, token).Text, answer.Headers.Date);
}
