using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Writes out the protocol of ports, which is part of their list's key.</summary>
/// <remarks>
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

    private static IEnumerable<JsonObject> PodPorts(JsonObject target) =>
        target.ObjectsAt("spec", "template", "spec", "containers")
            .Concat(target.ObjectsAt("spec", "template", "spec", "initContainers"))
            .SelectMany(container => container.ObjectsAt("ports"));
}
