using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Idp.GitHub;

/// <summary>Sends requests with everything that each of them needs, and turns failures into exceptions.</summary>
internal sealed class GitHubTransport(
    HttpClient http,
    ITokenSource tokens,
    GitHubOptions options,
    TimeProvider clock,
    IGitHubCallObserver? observer)
{
    private readonly RateLimitGate _gate = new();

    /// <summary>Returns the answer if it is a success or was expected; throws by meaning otherwise.</summary>
    public async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        _gate.ThrowIfClosed(request, clock.GetUtcNow());
        var token = await tokens.GetTokenAsync(cancellationToken);
        var answer = await FollowAsync(request, token, cancellationToken);
        if (answer.IsSuccess || request.Expected.Contains(answer.Status))
        {
            _gate.Opened();
            return answer;
        }

        var error = ErrorBody.Parse(answer.Body, token);
        var resumeAt = _gate.Close(answer, $"{error.Text} {error.DocumentationUrl}", clock.GetUtcNow());
        throw GitHubFailures.ToException(request, answer, error, resumeAt);
    }

    /// <summary>Sends, and returns the body as a value.</summary>
    public async Task<T> SendAsync<T>(GitHubRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        => (await SendAsync(request, cancellationToken)).Read(request, type);

    private async Task<GitHubAnswer> FollowAsync(
        GitHubRequest request, string token, CancellationToken cancellationToken)
    {
        var address = new Uri(options.Root, request.Path);
        for (var hops = 0; ; hops++)
        {
            var answer = await MeterAsync(request, address, token, cancellationToken);
            if (!answer.IsRedirect)
            {
                return answer;
            }

            address = Redirect.Target(request, answer, address, hops);
        }
    }

    private async Task<GitHubAnswer> MeterAsync(
        GitHubRequest request, Uri address, string token, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        int? status = null;
        try
        {
            var answer = await SendOnceAsync(request, address, token, cancellationToken);
            status = (int)answer.Status;
            return answer;
        }
        catch (HttpRequestException error)
        {
            throw Lost(request, "the connection failed", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Lost(request, $"there was no answer within {http.Timeout.TotalSeconds:0.#} s", error);
        }
        finally
        {
            observer?.Called(new GitHubCall(request.Operation, status, clock.GetElapsedTime(started)));
        }
    }

    private async Task<GitHubAnswer> SendOnceAsync(
        GitHubRequest request, Uri address, string token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, address);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.Accept.ParseAdd(request.Accept);
        message.Headers.UserAgent.ParseAdd(options.UserAgent);
        message.Headers.Add("X-GitHub-Api-Version", options.ApiVersion);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        using var response = await http.SendAsync(message, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new GitHubAnswer(response.StatusCode, response.Headers, body);
    }

    private static GitHubUnavailableException Lost(GitHubRequest request, string what, Exception error) => new(
        new GitHubFailure
        {
            Message = $"GitHub was asked to {request.Purpose}, but {what}.",
            Operation = request.Operation,
        },
        error);
}
