using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Kubernetes.Hosting;

/// <summary>Answers the kubelet's probes.</summary>
public static class KubernetesHealthExtensions
{
    /// <summary>Maps <c>/healthz</c> (nothing is stuck) and <c>/readyz</c> (the caches are filled; a standby is ready too).</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <remarks>https://kubernetes.io/docs/concepts/workloads/pods/probes/</remarks>
    public static IEndpointRouteBuilder MapKubernetesHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.ServiceProvider.GetRequiredService<OperatorHealth>();
        endpoints.MapGet("/healthz", context => AnswerAsync(context, health.Stuck));
        endpoints.MapGet("/readyz", context => AnswerAsync(context, health.Missing));
        return endpoints;
    }

    private static Task AnswerAsync(HttpContext context, IReadOnlyList<string> faults)
    {
        context.Response.StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var text = faults.Count == 0 ? "ok" : string.Join('\n', faults);
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
