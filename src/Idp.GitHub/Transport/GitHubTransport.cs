using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Idp.GitHub;

/// <summary>Sends requests with everything that each of them needs, and turns failures into exceptions.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to be disposed.")]
internal sealed class GitHubTransport(
    HttpClient http,
    ITokenSource tokens,
    GitHubOptions options,
    TimeProvider clock,
    IGitHubCallObserver? observer)
{
    // GitHub asks for one write at a time; who waits here waits for an answer that is under way, never for a time.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Authorized _authorized = new(tokens);

    /// <summary>What the credential may still ask.</summary>
    public GitHubBudget Budget { get; } = new(options.Limits, clock);

    /// <summary>Returns the answer if it is a success or was expected; throws by meaning otherwise.</summary>
    public async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsWrite)
        {
            return await SendNowAsync(request, cancellationToken);
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await SendNowAsync(request, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<GitHubAnswer> SendNowAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        Budget.Spend(request);
        var (answer, token, retryAt) = await _authorized.SendAsync(
            token => FollowAsync(request, token, cancellationToken), cancellationToken);
        var error = answer.IsSuccess ? null : ErrorBody.Parse(answer.Body, token);
        var resumeAt = Budget.Learn(answer, options.Credential, $"{error?.Text} {error?.DocumentationUrl}");
        if (Budget.Quota is { } quota)
        {
            observer?.QuotaSeen(quota);
        }

        if (error is null || (resumeAt is null && request.Expected.Contains(answer.Status)))
        {
            return answer;
        }

        var failed = GitHubFailures.ToException(request, answer, error, resumeAt);
        throw retryAt is null ? failed : new GitHubUnauthorizedException(failed.Failure, retryAt);
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
        if (request.ETag is { } etag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        // The client's own limit of time ends with the headers of an answer that is read while it comes in.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(http.Timeout);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        return new GitHubAnswer(response.StatusCode, response.Headers, await BodyAsync(request, response, patience.Token));
    }

    private static async Task<byte[]> BodyAsync(GitHubRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            // A failure has its meaning by its status, also where its words are too many.
            return response.IsSuccessStatusCode
                ? await BoundedBody.ReadAsync(response.Content, request.AnswerLimit, cancellationToken)
                    ?? throw GitHubFailures.TooLarge(request, "the answer", request.AnswerLimit)
                : await BoundedBody.ReadAsync(response.Content, BoundedBody.Failure, cancellationToken) ?? [];
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw Lost(request, "the answer broke off", error);
        }
    }

    private static GitHubUnavailableException Lost(GitHubRequest request, string what, Exception error) => new(
        new GitHubFailure
        {
            Message = $"GitHub was asked to {request.Purpose}, but {what}.",
            Operation = request.Operation,
        },
        error);
}
