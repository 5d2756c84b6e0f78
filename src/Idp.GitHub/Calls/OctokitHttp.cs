using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Octokit;
using Octokit.Internal;

namespace Idp.GitHub;

/// <summary>Makes Octokit's requests ours: the one place where a request to GitHub gets its address and headers.</summary>
/// <remarks>
/// Octokit's own adapter follows redirects to any host and has a limit of time of its own; here all of that is the chain's.
/// </remarks>
internal sealed class OctokitHttp(HttpMessageHandler chain, GitHubOptions options) : IHttpClient
{
    private readonly HttpMessageInvoker _chain = new(chain);

    /// <inheritdoc/>
    public async Task<IResponse> Send(IRequest request, CancellationToken cancellationToken, Func<object, object>? preprocessResponseBody = null)
    {
        var call = GitHubCallContext.Current ?? throw new InvalidOperationException("GitHub is asked by way of GitHubCalls.");
        using var message = Message(request, call);
        using var response = await _chain.SendAsync(message, call.CancellationToken);
        return new OctokitResponse(call.Answer!, call.Accept == GitHubCallContext.Raw);
    }

    /// <summary>Does nothing: how long a request may take is decided where it is sent.</summary>
    public void SetRequestTimeout(TimeSpan timeout)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _chain.Dispose();

    private HttpRequestMessage Message(IRequest request, GitHubCallContext call)
    {
        // Some of Octokit's addresses start with a slash, which would lead out of the API of a GitHub Enterprise Server.
        var address = new Uri(options.Root, request.Endpoint.OriginalString.TrimStart('/'));
        var message = new HttpRequestMessage(request.Method, address);
        call.Attach(message);
        message.Headers.Accept.ParseAdd(call.Accept);
        message.Headers.UserAgent.ParseAdd(options.UserAgent);
        message.Headers.Add("X-GitHub-Api-Version", options.ApiVersion);
        if (call.ETag is { } etag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (request.Body is string { Length: > 0 } body)
        {
            message.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));
        }

        return message;
    }
}

/// <summary>An answer as Octokit wants it.</summary>
/// <remarks>It never tells of a next page: who reads page by page counts, and follows no address that came with an answer.</remarks>
internal sealed class OctokitResponse(GitHubResponse answer, bool isRaw) : IResponse
{
    private static readonly ApiInfo NoInfo =
        new(new Dictionary<string, Uri>(), [], [], "", new Octokit.RateLimit(0, 0, 0), TimeSpan.Zero);

    /// <inheritdoc/>
    public object Body { get; } = isRaw ? answer.Body : Encoding.UTF8.GetString(answer.Body);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public ApiInfo ApiInfo => NoInfo;

    /// <inheritdoc/>
    public HttpStatusCode StatusCode => answer.Status;

    /// <inheritdoc/>
    public string? ContentType => answer.ContentType;
}
