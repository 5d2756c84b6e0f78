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
            call.Answer = new GitHubAnswer(response.StatusCode, response.Headers, await BodyAsync(call, response, patience.Token))
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
