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

    /// <summary>The way to a Git server that need not be GitHub: without GitHub's limits, and with a token only if there is one.</summary>
    public GitRemote(HttpClient http, ITokenSource? tokens, GitHubOptions options, TimeProvider clock, IGitHubCallObserver? observer)
    {
        Options = options;
        HttpMessageHandler chain = new GitExchangeHandler(http);
        chain = new MeterHandler(clock, observer) { InnerHandler = chain };
        chain = new RedirectHandler { InnerHandler = chain };
        chain = tokens is null ? chain : new AuthorizationHandler(tokens, Credentials) { InnerHandler = chain };
        _chain = new HttpMessageInvoker(new FailureHandler { InnerHandler = chain });
    }

    /// <summary>How GitHub is set up.</summary>
    public GitHubOptions Options { get; }

    /// <summary>Returns the answer, if it is a success, and the address that it came from; throws by meaning otherwise.</summary>
    public async Task<(GitResponse Answer, Uri From)> SendAsync(GitHubCallContext call, Uri address, HttpContent? content, CancellationToken cancellationToken)
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

        return (new GitResponse(call, response, cancellationToken), response.RequestMessage!.RequestUri!);
    }

    /// <summary>What Git is signed in with.</summary>
    private static AuthenticationHeaderValue Credentials(string token) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}")));
}

/// <summary>Where Git finds a repository. Pure.</summary>
/// <remarks>
/// It follows from where the API is and from the checked names, so that no answer can send a token to another host. See
/// https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom for the third form.
/// </remarks>
internal static class GitAddress
{
    private const string ApiHost = "api.";

    /// <summary>The address for Git over HTTP, such as <c>https://github.com/OWNER/NAME.git</c>.</summary>
    public static Uri Of(Uri api, Repository repository)
    {
        GitHubNames.Check(repository);
        return new UriBuilder(api.Scheme, HostOf(api.IdnHost), api.Port, $"/{repository.Owner}/{repository.Name}.git").Uri;
    }

    // GitHub and GHE.com have the API on a host of its own beside Git's; GitHub Enterprise Server has both on one.
    private static string HostOf(string host) =>
        host == "api.github.com" || (host.StartsWith(ApiHost, StringComparison.Ordinal) && host.EndsWith(".ghe.com", StringComparison.Ordinal))
            ? host[ApiHost.Length..]
            : host;
}

/// <summary>The answer to a request of Git's, read while it comes in and no further than its limit.</summary>
/// <param name="call">What was asked.</param>
/// <param name="response">The answer; disposed with this.</param>
/// <param name="cancellationToken">Ends a read.</param>
internal sealed class GitResponse(GitHubCallContext call, HttpResponseMessage response, CancellationToken cancellationToken) : IDisposable
{
    private Stream _body = response.Content.ReadAsStream(cancellationToken);
    private long _length;

    /// <summary>Reads what is there, and waits where nothing is; 0 at the end.</summary>
    public int Read(Memory<byte> buffer)
    {
        try
        {
            var read = GitThread.WaitFor(_body.ReadAsync(buffer, cancellationToken).AsTask());
            _length += read;
            return _length <= call.AnswerLimit ? read : throw GitHubFailures.TooLarge(call, "the answer", call.AnswerLimit);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or HttpRequestException)
        {
            throw GitHubFailures.Lost(call, "the answer broke off", error);
        }
    }

    /// <summary>Reads all of it, which can then be read once more.</summary>
    public byte[] Keep()
    {
        var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var read = Read(buffer); read > 0; read = Read(buffer))
        {
            whole.Write(buffer, 0, read);
        }

        Dispose();
        whole.Position = 0;
        _body = whole;
        _length = 0;
        return whole.ToArray();
    }

    /// <summary>Lets the connection go.</summary>
    public void Dispose() => response.Dispose();
}
