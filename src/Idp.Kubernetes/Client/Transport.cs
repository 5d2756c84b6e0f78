using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Client;

/// <summary>Sends requests, and says by exception what became of those that failed.</summary>
internal sealed partial class Transport(HttpClient http, KubeClientSettings settings, ILogger logger) : IDisposable
{
    private const int WarningsRemembered = 1_000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = PlainJsonEncoder.Instance };

    private readonly ConcurrentDictionary<string, bool> _warnings = new(StringComparer.Ordinal);

    public TimeProvider Clock => settings.Clock;

    /// <summary>Sends a request and reads its answer, all of it within the timeout.</summary>
    /// <param name="call">The request.</param>
    /// <param name="read">Reads an answer that is no refusal; disposes it, or gives it on.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="JsonException">The answer is not what it should be.</exception>
    public async Task<T> SendAsync<T>(Call call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.Timeout, settings.Clock, cancellationToken);
        try
        {
            var response = await RequestAsync(call, deadline.Token);
            await ThrowIfRefusedAsync(call, response, deadline.Token);
            return await read(response, deadline.Token);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw Errors.Unreachable(call.ToString(), Why(deadline, exception), exception);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> RequestAsync(Call call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Address)
        {
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        request.Headers.TryAddWithoutValidation("Accept", call.Accept);
        request.Headers.TryAddWithoutValidation("User-Agent", settings.UserAgent);
        if (call.Body is not null)
        {
            request.Content = ContentOf(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        NoteWarnings(response);
        return response;
    }

    // A refusal has its meaning by its code, also where its words are too many.
    private async Task ThrowIfRefusedAsync(Call call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                var body = await Bounds.ReadAsync(response.Content, Bounds.Refusal, cancellationToken);
                throw Errors.From(call.ToString(), response.StatusCode, body, RetryAfter(response));
            }
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
        foreach (var warning in response.Headers.TryGetValues("Warning", out var warnings) ? warnings : [])
        {
            if (_warnings.Count < WarningsRemembered && _warnings.TryAdd(warning, true))
            {
                LogWarning(warning);
            }
        }
    }

    private static ByteArrayContent ContentOf(JsonNode body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            body.WriteTo(writer);
        }

        return new ByteArrayContent(buffer.GetBuffer(), 0, (int)buffer.Length);
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
