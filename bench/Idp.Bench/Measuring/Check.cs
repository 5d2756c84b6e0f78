using Idp.Bench.World;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;

namespace Idp.Bench.Measuring;

/// <summary>Sees to it that what was measured is what was meant: a fast operator that does not do its work is no result.</summary>
internal static class Check
{
    /// <summary>Every application must be ready.</summary>
    /// <exception cref="InvalidOperationException">Some are not; the message names one and says why.</exception>
    public static async Task AllReadyAsync(BenchWorld world, int apps, CancellationToken cancellationToken)
    {
        var (ready, complaint) = (0, "");
        await foreach (var app in world.Client.ListAsync(BackendApp.ResourceKind, new ListOptions(), cancellationToken))
        {
            var isReady = IsReady(app);
            ready += isReady ? 1 : 0;
            complaint = isReady ? complaint : $"{app}: {app.ToJson()["status"]?["conditions"]?.ToJsonString()}";
        }

        if (ready != apps)
        {
            throw new InvalidOperationException($"{ready} of {apps} applications are ready. {complaint}");
        }
    }

    /// <summary>Whether an application is ready in its newest wording.</summary>
    public static bool IsReady(KubeObject app)
    {
        var status = app.ToJson()["status"];
        return status.NumberAt(0, "observedGeneration") >= app.Metadata.Generation
            && status.ObjectsAt("conditions").Any(condition => condition.TextAt("type") == "Ready" && condition.TextAt("status") == "True");
    }
}
