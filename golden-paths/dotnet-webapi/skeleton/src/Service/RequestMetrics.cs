using Prometheus;

namespace Service;

/// <summary>What Prometheus collects: requests by route, and the state of the runtime.</summary>
internal sealed class RequestMetrics
{
    private const string Other = "OTHER";
    private const string Unmatched = "unmatched";

    // Callers can invent methods and paths without end; each would become time series that never go.
    private static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly CollectorRegistry _registry;
    private readonly Counter _requests;
    private readonly Histogram _duration;

    public RequestMetrics(CollectorRegistry registry)
    {
        _registry = registry;
        DotNetStats.Register(registry);
        var metrics = Metrics.WithCustomRegistry(registry);
        _requests = metrics.CreateCounter("http_requests_total", "Requests served.", "method", "path", "status_code");
        _duration = metrics.CreateHistogram("http_request_duration_seconds", "How long requests took.", "method", "path");
    }

    /// <summary>Counts a request by the template of its route, never by the path that a caller sent.</summary>
    public void Observe(string method, string? route, int statusCode, TimeSpan duration)
    {
        var verb = Methods.Contains(method) ? method : Other;
        var path = route ?? Unmatched;
        _requests.WithLabels(verb, path, $"{statusCode}").Inc();
        _duration.WithLabels(verb, path).Observe(duration.TotalSeconds);
    }

    /// <summary>Writes everything that was counted, as Prometheus reads it.</summary>
    public Task WriteAsync(HttpResponse response)
    {
        response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
        return _registry.CollectAndExportAsTextAsync(response.Body, response.HttpContext.RequestAborted);
    }
}
