using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>What golden paths for the servers of today need on an old one: the protocol of ports written out, and versions from before.</summary>
/// <remarks>
/// The protocol is part of the key of a list of ports.
/// Old API servers (seen on 1.20) refuse to apply a port without it, although it has a default; later ones fill it in
/// themselves. https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
/// </remarks>
internal static class OldServerDefaults
{
    /// <summary>Fills in <c>TCP</c> where a Service's or a container's port says nothing.</summary>
    public static void Fill(JsonObject target)
    {
        foreach (var port in target.ObjectsAt("spec", "ports").Concat(PodPorts(target)))
        {
            port["protocol"] ??= "TCP";
        }
    }

    /// <summary>The version from before, which has the same shape as far as golden paths use it; null where there is none.</summary>
    /// <remarks>policy/v1 came with Kubernetes 1.21, autoscaling/v2 with 1.23.</remarks>
    public static string? VersionOf(string apiVersion, string kind) => (apiVersion, kind) switch
    {
        ("policy/v1", "PodDisruptionBudget") => "policy/v1beta1",
        ("autoscaling/v2", "HorizontalPodAutoscaler") => "autoscaling/v2beta2",
        _ => null,
    };

    private static IEnumerable<JsonObject> PodPorts(JsonObject target) =>
        target.ObjectsAt("spec", "template", "spec", "containers")
            .Concat(target.ObjectsAt("spec", "template", "spec", "initContainers"))
            .SelectMany(container => container.ObjectsAt("ports"));
}
