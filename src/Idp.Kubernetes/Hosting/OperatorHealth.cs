using Idp.Kubernetes.Cache;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Kubernetes.Hosting;

/// <summary>How the operator is.</summary>
internal sealed class OperatorHealth(ControllerSet controllers)
{
    private volatile bool _leads;

    /// <summary>Whether this process reconciles.</summary>
    public bool Leads { get => _leads; set => _leads = value; }

    /// <summary>What is stuck, so that only a new process can help; empty when all is well.</summary>
    /// <remarks>An API server that does not answer is no reason to restart: the watches try again by themselves.</remarks>
    public IReadOnlyList<string> Stuck =>
    [
        .. Informers.Where(informer => !informer.Watcher.IsAlive).Select(informer => $"The watch of {informer.Request.Kind} is stuck."),
        .. controllers.Units.Where(unit => !unit.Controller.IsAlive)
            .Select(unit => $"A reconcile of {unit.Controller.Name} is stuck."),
    ];

    /// <summary>What is not known yet; empty when the caches are filled. A standby replica is as ready as the leader.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Informers.Where(informer => !informer.Watcher.Synced.IsCompleted).Select(informer => $"{informer.Request.Kind} is not listed yet.")];

    private IReadOnlyCollection<Informer> Informers => controllers.Informers.All;
}

/// <summary>Answers the kubelet's probes.</summary>
public static class KubernetesHealthExtensions
{
    /// <summary>Maps <c>/healthz</c> (nothing is stuck) and <c>/readyz</c> (the caches are filled; a standby is ready too).</summary>
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
