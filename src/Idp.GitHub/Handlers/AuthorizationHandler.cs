using System.Net;
using System.Net.Http.Headers;

namespace Idp.GitHub;

/// <summary>Sends with a token, and once more with another where the first was refused and the source has another.</summary>
/// <param name="tokens">Gives the tokens.</param>
/// <param name="credentials">How a token is said.</param>
internal sealed class AuthorizationHandler(ITokenSource tokens, Func<string, AuthenticationHeaderValue> credentials) : DelegatingHandler
{
    /// <summary>As the API wants it.</summary>
    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (response, after) = await SendOnceAsync(request, cancellationToken);
        if (after.TryAnother)
        {
            response.Dispose();
            (response, after) = await SendOnceAsync(request, cancellationToken);
        }

        GitHubCallContext.Of(request).RetryAt = after.RetryAt;
        return response;
    }

    private async Task<(HttpResponseMessage Response, RetryDecision After)> SendOnceAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = GitHubCallContext.Of(request);
        call.Token = await tokens.GetTokenAsync(cancellationToken);
        request.Headers.Authorization = credentials(call.Token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return (response, tokens.Rejected(new RejectedToken(call.Token, call.Error.Text, response.Headers.Date)));
        }

        // What fails in GitHub itself may never have got to the token.
        if (response.StatusCode < HttpStatusCode.InternalServerError)
        {
            tokens.Accepted(call.Token);
        }

        return (response, RetryDecision.GiveUp);
    }
}
