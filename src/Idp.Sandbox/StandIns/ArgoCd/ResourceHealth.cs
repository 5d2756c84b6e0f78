using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>The health of an object or of an application, in Argo CD's words.</summary>
/// <param name="Status">Healthy, Suspended, Progressing, Missing, Degraded or Unknown.</param>
/// <param name="Message">Why, where it is not healthy.</param>
/// <remarks>https://argo-cd.readthedocs.io/en/stable/operator-manual/health/</remarks>
internal sealed record ResourceHealth(string Status, string Message = "")
{
    public static readonly ResourceHealth Healthy = new("Healthy");
    public static readonly ResourceHealth Missing = new("Missing");

    private static readonly string[] BestToWorst =
        ["Healthy", "Suspended", "Progressing", "Missing", "Degraded", "Unknown"];

    /// <summary>The health of a live object; null for kinds that have none.</summary>
    public static ResourceHealth? Of(JsonObject live) => (live.TextAt("apiVersion"), live.TextAt("kind")) switch
    {
        _ when live.At("metadata", "deletionTimestamp") is not null => new("Progressing", "Pending deletion"),
        ("apps/v1", "Deployment") => OfDeployment(live),
        ("apps/v1", "StatefulSet") => OfStatefulSet(live),
        ("networking.k8s.io/v1", "Ingress") => OfLoadBalancer(live),
        ("v1", "Service") when live.TextAt("spec", "type") == "LoadBalancer" => OfLoadBalancer(live),
        ("v1", "Service") => Healthy,
        _ => null,
    };

    /// <summary>The worst of them; healthy when there is none.</summary>
    public static ResourceHealth Worst(IEnumerable<ResourceHealth?> parts) =>
        parts.OfType<ResourceHealth>().MaxBy(part => Array.IndexOf(BestToWorst, part.Status)) ?? Healthy;

    private static ResourceHealth OfDeployment(JsonObject live)
    {
        var status = live["status"];
        if (live.FlagAt(false, "spec", "paused"))
        {
            return new("Suspended", "Deployment is paused");
        }

        if (live.NumberAt(0, "metadata", "generation") > status.NumberAt(0, "observedGeneration"))
        {
            return Waiting("observed deployment generation less than desired generation");
        }

        if (ForeignConditions.Find(status, "Progressing").TextAt("reason") == "ProgressDeadlineExceeded")
        {
            return new("Degraded", $"Deployment \"{live.TextAt("metadata", "name")}\" exceeded its progress deadline");
        }

        var wanted = live.NumberAt(1, "spec", "replicas");
        var updated = status.NumberAt(0, "updatedReplicas");
        var available = status.NumberAt(0, "availableReplicas");
        return updated < wanted ? Waiting($"{updated} out of {wanted} new replicas have been updated...")
            : status.NumberAt(0, "replicas") > updated ? Waiting("old replicas are pending termination...")
            : available < updated ? Waiting($"{available} of {updated} updated replicas are available...")
            : Healthy;
    }

    private static ResourceHealth OfStatefulSet(JsonObject live)
    {
        var wanted = live.NumberAt(1, "spec", "replicas");
        var ready = live.NumberAt(0, "status", "readyReplicas");
        return live.NumberAt(0, "metadata", "generation") > live.NumberAt(0, "status", "observedGeneration")
            ? Waiting("observed statefulset generation less than desired generation")
            : ready < wanted ? new("Progressing", $"Waiting for {wanted - ready} pods to be ready...")
            : Healthy;
    }

    private static ResourceHealth OfLoadBalancer(JsonObject live) =>
        live.ObjectsAt("status", "loadBalancer", "ingress").Any() ? Healthy : new("Progressing");

    private static ResourceHealth Waiting(string what) => new("Progressing", $"Waiting for rollout to finish: {what}");
}
