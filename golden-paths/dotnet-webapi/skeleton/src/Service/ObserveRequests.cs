using System.Diagnostics;

namespace Service;

/// <summary>Measures and logs each request; those of the platform are measured only.</summary>
internal sealed partial class ObserveRequests(
    RequestDelegate next,
    RequestMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<ObserveRequests> logger)
{
    // What proxies write for a caller that went away.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        context.Response.OnStarting(LetGo, context);
        await next(context);

        var (method, path) = (context.Request.Method, context.Request.Path);
        var status = context.RequestAborted.IsCancellationRequested ? ClientClosedRequest : context.Response.StatusCode;
        var duration = Stopwatch.GetElapsedTime(started);
        metrics.Observe(method, route, status, duration);
        if (!About.IsForPlatform(path))
        {
            LogRequest(method, path, status, duration.TotalSeconds);
        }
    }

    /// <summary>Keeps no connection for a further request once the service stops.</summary>
    private Task LetGo(object context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            ((HttpContext)context).Response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path}: {StatusCode} in {DurationSeconds:0.000000} s")]
    private partial void LogRequest(string method, PathString path, int statusCode, double durationSeconds);
}
