using System.Text;

namespace Idp.GitHub;

/// <summary>Sends over the given client within its time, and reads the answer to its end, but no further than its limit.</summary>
internal sealed class ExchangeHandler(HttpClient http) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = GitHubCallContext.Of(request);
        call.Answer = null;

        // The client's own limit of time ends with the headers of an answer that is read while it comes in.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(http.Timeout);
        try
        {
            var response = await http.SendAsync(Copy(request), HttpCompletionOption.ResponseHeadersRead, patience.Token);
            using var content = response.Content;
            call.Answer = new GitHubResponse(response.StatusCode, response.Headers, await BodyAsync(call, response, patience.Token))
            {
                ContentType = content.Headers.ContentType?.MediaType,
            };
            return response;
        }
        catch (HttpRequestException error)
        {
            throw GitHubFailures.Lost(call, "the connection failed", error);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw GitHubFailures.Lost(call, "the answer broke off", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw GitHubFailures.Lost(call, $"there was no answer within {http.Timeout.TotalSeconds:0.#} s", error);
        }
    }

    private static async Task<byte[]> BodyAsync(GitHubCallContext call, HttpResponseMessage response, CancellationToken cancellationToken) =>
        // A failure has its meaning by its status, also where its words are too many.
        response.IsSuccessStatusCode
            ? await BoundedBody.ReadAsync(response.Content, call.AnswerLimit, cancellationToken)
                ?? throw GitHubFailures.TooLarge(call, "the answer", call.AnswerLimit)
            : await BoundedBody.ReadAsync(response.Content, BoundedBody.Failure, cancellationToken) ?? [];

    /// <summary>The same request: a client sends one only once, and it may be sent again with another token or to another address.</summary>
    public static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }
}

/// <summary>Sends a request of Git's over the given client; of a success the body is left to be read while it comes in.</summary>
internal sealed class GitExchangeHandler(HttpClient http) : HttpMessageHandler
{
    private const int MaxWords = 500;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = GitHubCallContext.Of(request);
        call.Answer = null;
        try
        {
            var response = await http.SendAsync(ExchangeHandler.Copy(request), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            call.Answer = new GitHubResponse(response.StatusCode, response.Headers, []);
            if (!response.IsSuccessStatusCode)
            {
                var body = await BoundedBody.ReadAsync(response.Content, BoundedBody.Failure, cancellationToken) ?? [];
                call.Error = Words(call, body, request.Headers.Authorization?.Parameter);
            }

            return response;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw GitHubFailures.Lost(call, "the connection failed", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw GitHubFailures.Lost(call, $"there was no answer within {http.Timeout.TotalSeconds:0.#} s", error);
        }
    }

    // Git is refused in plain words, as people at a terminal read them.
    private static ErrorBody Words(GitHubCallContext call, byte[] body, string? credentials)
    {
        var text = Encoding.UTF8.GetString(body);
        text = credentials is null ? text : text.Replace(credentials, Redaction.Mask, StringComparison.Ordinal);
        var told = ErrorBody.Parse(Encoding.UTF8.GetBytes(text), call.Token);
        if (told.Text.Length > 0 || text.TrimStart() is ['<' or '{', ..])
        {
            return told;
        }

        var words = Redaction.Redact(text, call.Token).ReplaceLineEndings(" ").Trim();
        return told with { Message = words.Length <= MaxWords ? words : string.Concat(words.AsSpan(0, MaxWords), "...") };
    }
}
