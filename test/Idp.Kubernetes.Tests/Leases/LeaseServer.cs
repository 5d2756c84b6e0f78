using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Leases;

/// <summary>As much of an API server as holds one lease; it answers on the spot, so that manual time is all that decides.</summary>
/// <remarks>That a real one does the same is tried in <see cref="LeaderElectorTest"/>.</remarks>
internal sealed class LeaseServer
{
    private readonly Lock _lock = new();
    private JsonObject? _lease;
    private int _version;

    /// <summary>A client whose requests hang while it is cut off.</summary>
    public KubeClient Connect(Func<bool> isCutOff) =>
        new(new HttpClient(new Handler(this, isCutOff)) { BaseAddress = new Uri("http://server.invalid/"), Timeout = Timeout.InfiniteTimeSpan });

    private HttpResponseMessage Answer(HttpMethod method, string path, JsonObject? body)
    {
        lock (_lock)
        {
            return (method.Method, path) switch
            {
                ("GET", _) => _lease is null ? Refuse(HttpStatusCode.NotFound, "NotFound") : Say(HttpStatusCode.OK, _lease),
                ("POST", _) => _lease is null ? Keep(body!) : Refuse(HttpStatusCode.Conflict, "AlreadyExists"),
                ("PUT", _) => VersionOf(body!) == VersionOf(_lease!) ? Keep(body!) : Refuse(HttpStatusCode.Conflict, "Conflict"),
                _ => throw new InvalidOperationException($"{method} {path}"),
            };
        }
    }

    private HttpResponseMessage Keep(JsonObject lease)
    {
        _lease = lease;
        _lease["metadata"]!["resourceVersion"] = $"{++_version}";
        return Say(HttpStatusCode.OK, _lease);
    }

    private static string? VersionOf(JsonObject lease) => (string?)lease["metadata"]!["resourceVersion"];

    private static HttpResponseMessage Refuse(HttpStatusCode code, string reason) => Say(code, new JsonObject
    {
        ["kind"] = "Status",
        ["status"] = "Failure",
        ["message"] = reason,
        ["reason"] = reason,
        ["details"] = new JsonObject { ["name"] = "lease" },
        ["code"] = (int)code,
    });

    private static HttpResponseMessage Say(HttpStatusCode code, JsonObject body) =>
        new(code) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private sealed class Handler(LeaseServer server, Func<bool> isCutOff) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (isCutOff())
            {
                var never = new TaskCompletionSource();
                await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken)).ConfigureAwait(false);

                // Not by way of the caller's context: HttpClient would go on from there on the thread pool, out of the clock's sight.
                await never.Task.ConfigureAwait(false);
            }

            var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            return server.Answer(request.Method, request.RequestUri!.AbsolutePath, body);
        }
    }
}
