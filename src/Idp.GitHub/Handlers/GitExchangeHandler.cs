using System.Text;

namespace Idp.GitHub;

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
            var body = response.IsSuccessStatusCode
                ? []
                : await BoundedBody.ReadAsync(response.Content, BoundedBody.Failure, cancellationToken) ?? [];
            call.Answer = new GitHubAnswer(response.StatusCode, response.Headers, body);
            call.Error = Words(call, body, request.Headers.Authorization?.Parameter);
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
