using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Operator.Observability;

/// <summary>The path <c>/metrics</c>.</summary>
public static class MetricsRoute
{
    /// <summary>Answers scrapes of <c>/metrics</c>.</summary>
    /// <param name="routes">Where; needs a <see cref="PrometheusEndpoint"/> among the services.</param>
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<PrometheusEndpoint>();
        routes.MapGet("/metrics", (HttpContext context) =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(endpoint.Scrape(), context.RequestAborted);
        });
        return routes;
    }
}
