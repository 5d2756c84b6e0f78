using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace Idp.GitHub;

/// <summary>Sends Git's own requests the way of all others: by the same HTTP client, so with its trust, its proxy and whatever guards it.</summary>
/// <remarks>
/// Not while GitHub wants no request; of the limits on requests to the API they spend nothing. From the outside in:
/// <see cref="FailureHandler"/>, <see cref="GitLimitHandler"/>, <see cref="AuthorizationHandler"/>, <see cref="RedirectHandler"/>,
/// <see cref="MeterHandler"/>, <see cref="GitExchangeHandler"/>.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The chain holds nothing: the client below it is its owner's.")]
internal sealed class GitRemote
{
    private readonly HttpMessageInvoker _chain;

    public GitRemote(GitHubCalls calls, HttpClient http, ITokenSource tokens, GitHubOptions options, IGitHubCallObserver? observer)
    {
        Options = options;
        HttpMessageHandler chain = new GitExchangeHandler(http);
        chain = new MeterHandler(calls.Clock, observer) { InnerHandler = chain };
        chain = new RedirectHandler { InnerHandler = chain };
        chain = new AuthorizationHandler(tokens, Credentials) { InnerHandler = chain };
        chain = new GitLimitHandler(calls.Budget, options.Credential) { InnerHandler = chain };
        _chain = new HttpMessageInvoker(new FailureHandler { InnerHandler = chain });
    }

    /// <summary>How GitHub is set up.</summary>
    public GitHubOptions Options { get; }

    /// <summary>Returns the answer, if it is a success, and the address that it came from; throws by meaning otherwise.</summary>
    public async Task<(GitAnswer Answer, Uri From)> SendAsync(GitHubCallContext call, Uri address, HttpContent? content, CancellationToken cancellationToken)
    {
        call.CancellationToken = cancellationToken;
        var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = content };
        request.Headers.Accept.ParseAdd(call.Accept);

        // GitHub serves Git to what calls itself so.
        request.Headers.UserAgent.ParseAdd($"git/2.0 {Options.UserAgent}");
        call.Attach(request);
        var response = await _chain.SendAsync(request, cancellationToken);

        // A page that somebody in between puts in place of an answer is none.
        if (response.Content.Headers.ContentType?.MediaType != call.Accept)
        {
            response.Dispose();
            throw GitHubFailures.Lost(call, "the answer was not Git's");
        }

        return (new GitAnswer(call, response, cancellationToken), response.RequestMessage!.RequestUri!);
    }

    /// <summary>What Git is signed in with.</summary>
    private static AuthenticationHeaderValue Credentials(string token) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}")));
}
