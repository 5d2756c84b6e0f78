using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Client;

/// <summary>Sends requests, and says by exception what became of those that failed.</summary>
internal sealed partial class Transport(HttpClient http, KubeClientSettings settings, ILogger logger) : IDisposable
{
    private const int WarningsRemembered = 1_000;

    // API servers read some values, such as quantities, without undoing escapes: a + must go as a +.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, bool> _warnings = new(StringComparer.Ordinal);

    public TimeProvider Clock => settings.Clock;

    /// <summary>Sends a request and reads the whole answer, within the timeout.</summary>
    public async Task<Reply> SendAsync(Call call, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.Timeout, settings.Clock, cancellationToken);
        try
        {
            using var response = await RequestAsync(call, deadline.Token);
            await ThrowIfRefusedAsync(call.ToString(), response, deadline.Token);
            return new Reply(response.StatusCode, await BodyAsync(call.ToString(), response, deadline.Token));
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw Errors.Unreachable(call.ToString(), Why(deadline, exception), exception);
        }
    }

    /// <summary>Sends a request and has the answer read while it arrives, within the timeout.</summary>
    /// <exception cref="System.Text.Json.JsonException">The answer is not what it should be.</exception>
    public async Task<T> ReadAsync<T>(Call call, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.Timeout, settings.Clock, cancellationToken);
        try
        {
            using var response = await RequestAsync(call, deadline.Token);
            await ThrowIfRefusedAsync(call.ToString(), response, deadline.Token);
            await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
            return await read(body, deadline.Token);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw Errors.Unreachable(call.ToString(), Why(deadline, exception), exception);
        }
    }

    /// <summary>Sends a request and gives back the answer as soon as it begins; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Call call, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.Timeout, settings.Clock, cancellationToken);
        try
        {
            var response = await RequestAsync(call, deadline.Token);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                await ThrowIfRefusedAsync(call.ToString(), response, deadline.Token);
                return response;
            }
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw Errors.Unreachable(call.ToString(), Why(deadline, exception), exception);
        }
    }

    /// <summary>Reads a path that is no object, such as <c>version</c>.</summary>
    public async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.Timeout, settings.Clock, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await SendAsync(request, deadline.Token);
            await ThrowIfRefusedAsync($"GET /{path}", response, deadline.Token);
            return await BodyAsync($"GET /{path}", response, deadline.Token);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw Errors.Unreachable($"GET /{path}", Why(deadline, exception), exception);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> RequestAsync(Call call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Address);
        request.Headers.TryAddWithoutValidation("Accept", call.Accept);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(Bytes(call.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
        }

        return await SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = http.DefaultRequestVersion;
        request.VersionPolicy = http.DefaultVersionPolicy;
        request.Headers.TryAddWithoutValidation("User-Agent", settings.UserAgent);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        NoteWarnings(response);
        return response;
    }

    private static async Task<byte[]> BodyAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken) =>
        await BoundedBody.ReadAsync(response.Content, Bounds.Object, cancellationToken)
        ?? throw Errors.TooLarge(what, "the answer", Bounds.Object);

    // A refusal has its meaning by its code, also where its words are too many.
    private async Task ThrowIfRefusedAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await BoundedBody.ReadAsync(response.Content, Bounds.Refusal, cancellationToken);
            throw Errors.From(what, response.StatusCode, body, RetryAfter(response));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - settings.Clock.GetUtcNow(),
        _ => null,
    };

    private void NoteWarnings(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Warning", out var warnings))
        {
            return;
        }

        foreach (var warning in warnings)
        {
            if (_warnings.Count < WarningsRemembered && _warnings.TryAdd(warning, true))
            {
                LogWarning(warning);
            }
        }
    }

    private static byte[] Bytes(JsonNode body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            body.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or IOException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private string Why(Deadline deadline, Exception exception)
    {
        if (deadline.IsOver)
        {
            return $"no answer within {settings.Timeout.TotalSeconds:0} s";
        }

        // The outer message says only that sending failed; what failed (refused, certificate, name) is inside.
        var text = new StringBuilder(exception.Message);
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            text.Append(' ').Append(inner.Message);
        }

        return text.ToString();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The API server warned: {Warning}.")]
    private partial void LogWarning(string warning);
}
