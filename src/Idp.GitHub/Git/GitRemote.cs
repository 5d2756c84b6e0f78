using System.Net.Http.Headers;
using System.Text;

namespace Idp.GitHub;

/// <summary>Sends Git's own requests with everything that each of them needs, and turns failures into exceptions.</summary>
/// <remarks>
/// They go the way of all others: by the same HTTP client, so with its trust, its proxy and whatever guards it; and not while GitHub
/// wants none. Of the limits on requests to the API they spend nothing.
/// </remarks>
internal sealed class GitRemote(
    HttpClient http, ITokenSource tokens, GitHubOptions options, TimeProvider clock, IGitHubCallObserver? observer)
{
    private const int MaxWords = 500;
    private readonly Authorized _authorized = new(tokens);

    /// <summary>What the credential may still ask.</summary>
    public required GitHubBudget Budget { get; init; }

    /// <summary>How GitHub is set up.</summary>
    public GitHubOptions Options => options;

    /// <summary>Returns the answer, if it is a success, and the address that it came from; throws by meaning otherwise.</summary>
    public async Task<(GitAnswer Answer, Uri From)> SendAsync(GitHubRequest request, Uri address, GitBody? body, CancellationToken cancellationToken)
    {
        Budget.ThrowIfClosed(request);
        Sent? sent = null;
        var (answer, token, retryAt) = await _authorized.SendAsync(
            async token =>
            {
                sent = await FollowAsync(request, address, body, token, cancellationToken);
                return sent.Seen;
            },
            cancellationToken);
        if (answer.IsSuccess)
        {
            return (sent!.Whole!, sent.From);
        }

        var error = Words(answer, token);
        var resumeAt = answer.IsRefusal ? Budget.Learn(answer, options.Credential, error.Text) : null;
        var failed = GitHubFailures.ToException(request, answer, error, resumeAt);
        throw retryAt is null ? failed : new GitHubUnauthorizedException(failed.Failure, retryAt);
    }

    public static GitHubUnavailableException Lost(GitHubRequest request, string what, Exception? error = null) => new(
        new GitHubFailure { Message = $"GitHub was asked to {request.Purpose}, but {what}.", Operation = request.Operation }, error);

    private async Task<Sent> FollowAsync(GitHubRequest request, Uri address, GitBody? body, string token, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            var sent = await SendOnceAsync(request, address, body, token, cancellationToken);
            if (!sent.Seen.IsRedirect)
            {
                return sent;
            }

            address = Redirect.Target(request, sent.Seen, address, hops);
        }
    }

    private async Task<Sent> SendOnceAsync(GitHubRequest request, Uri address, GitBody? body, string token, CancellationToken cancellationToken)
    {
        using var message = Message(request, address, body, token);
        var started = clock.GetTimestamp();
        int? status = null;
        var isOpen = false;
        void Ended() => observer?.Called(new GitHubCall(request.Operation, status, clock.GetElapsedTime(started)));
        try
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            status = (int)response.StatusCode;
            var seen = new GitHubAnswer(response.StatusCode, response.Headers, []);
            if (seen.IsSuccess)
            {
                CheckType(request, response);
                isOpen = true;
                return new Sent(seen, address, new GitAnswer(request, response, Ended, cancellationToken));
            }

            using (response)
            {
                return new Sent(seen with { Body = await ReadAsync(response, cancellationToken) }, address, null);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw Lost(request, "the connection failed", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Lost(request, $"there was no answer within {http.Timeout.TotalSeconds:0.#} s", error);
        }
        finally
        {
            if (!isOpen)
            {
                Ended();
            }
        }
    }

    private HttpRequestMessage Message(GitHubRequest request, Uri address, GitBody? body, string token)
    {
        var message = new HttpRequestMessage(request.Method, address) { Content = body?.ToContent() };
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(token));
        message.Headers.Accept.ParseAdd(request.Accept);

        // GitHub serves Git to what calls itself so.
        message.Headers.UserAgent.ParseAdd($"git/2.0 {options.UserAgent}");
        return message;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await BoundedBody.ReadAsync(response.Content, BoundedBody.Failure, cancellationToken) ?? [];

    // A page that somebody in between puts in place of an answer is none.
    private static void CheckType(GitHubRequest request, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != request.Accept)
        {
            response.Dispose();
            throw Lost(request, "the answer was not Git's");
        }
    }

    private static string Basic(string token) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"));

    // Git is refused in plain words, as people at a terminal read them.
    private static ErrorBody Words(GitHubAnswer answer, string token)
    {
        var text = Encoding.UTF8.GetString(answer.Body).Replace(Basic(token), Redaction.Mask, StringComparison.Ordinal);
        var told = ErrorBody.Parse(Encoding.UTF8.GetBytes(text), token);
        if (told.Text.Length > 0 || text.TrimStart().StartsWith('<') || text.TrimStart().StartsWith('{'))
        {
            return told;
        }

        var words = Redaction.Redact(text, token).ReplaceLineEndings(" ").Trim();
        return told with { Message = words.Length <= MaxWords ? words : string.Concat(words.AsSpan(0, MaxWords), "...") };
    }

    private sealed record Sent(GitHubAnswer Seen, Uri From, GitAnswer? Whole);
}

/// <summary>What a request of Git's carries.</summary>
internal sealed record GitBody(string Type, byte[] Bytes)
{
    public HttpContent ToContent() => new ByteArrayContent(Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(Type) } };
}
