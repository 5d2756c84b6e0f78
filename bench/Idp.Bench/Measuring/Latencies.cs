using System.Diagnostics;
using System.Text.Json.Nodes;
using Idp.Bench.World;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;

namespace Idp.Bench.Measuring;

/// <summary>How long one developer waits beside a thousand applications of others.</summary>
internal static class Latencies
{
    private const int NewApps = 50_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A new application, and a spoiled object.</summary>
    public static async Task MeasureAsync(
        BenchWorld world, Figures figures, int samples, Action<string> say, CancellationToken cancellationToken)
    {
        List<double> ready = [], repaired = [];
        for (var sample = 0; sample < samples; sample++)
        {
            ready.Add(await ApplyToReadyAsync(world, NewApps + sample, cancellationToken));
            repaired.Add(await DriftAsync(world, Random.Shared.Next(figures.Apps), cancellationToken));
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        figures.AddPercentiles("apply_to_ready", ready);
        figures.AddPercentiles("drift_repair", repaired);
        say($"{samples} new applications and {samples} repairs: {Figures.Print(figures.Of("apply_to_ready_p50_ms"))} ms "
            + $"and {Figures.Print(figures.Of("drift_repair_p50_ms"))} ms at the median.");
    }

    /// <summary>An edit that is made while the operator starts and still has all the others to look at.</summary>
    public static async Task MeasureStartupAsync(
        BenchWorld world, Figures figures, int starts, Action<string> say, CancellationToken cancellationToken)
    {
        List<double> edited = [];
        for (var start = 0; start < starts; start++)
        {
            var key = BenchWorld.AppKey(Random.Shared.Next(figures.Apps));
            var starting = world.StartOperatorAsync(cancellationToken);
            edited.Add(await EditAsync(world, key, start + 2, cancellationToken));
            await using var process = await starting;
            using var probe = new OperatorProbe(process);
            await Patience.UntilDoneAsync(probe, now => now.Apps >= figures.Apps, TimeSpan.FromMinutes(5), cancellationToken);
            await process.StopAsync(cancellationToken);
        }

        figures.AddPercentiles("edit_during_startup", edited);
        say($"{starts} edits during a start: {Figures.Print(figures.Of("edit_during_startup_p50_ms"))} ms at the median, from the edit, which came with the start.");
    }

    // The bench plays Argo CD and External Secrets: it answers as soon as it sees what they would see.
    private static async Task<double> ApplyToReadyAsync(BenchWorld world, int number, CancellationToken cancellationToken)
    {
        var place = BenchWorld.NamespaceOf(number);
        var secret = new ObjectKey(place, $"{BenchWorld.AppKey(number).Name}-secrets");
        var answers = Task.WhenAll(
            AnswerAsync(world, ForeignKinds.ExternalSecret, secret, cancellationToken),
            AnswerAsync(world, ForeignKinds.Application, new ObjectKey("argocd", place), cancellationToken));
        var ready = Until.SeenAsync(world.Client, BackendApp.ResourceKind, BenchWorld.AppKey(number), Check.IsReady, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        await world.CreateAppsAsync(number, 1, cancellationToken);
        await answers;
        await ready;
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task AnswerAsync(BenchWorld world, ResourceKind kind, ObjectKey key, CancellationToken cancellationToken) =>
        await Outcome.SucceedAsync(
            world.Client, await Until.SeenAsync(world.Client, kind, key, _ => true, cancellationToken), cancellationToken);

    private static async Task<double> DriftAsync(BenchWorld world, int number, CancellationToken cancellationToken)
    {
        var key = new ObjectKey(BenchWorld.NamespaceOf(number), "idp-quota");
        var live = await world.Client.GetAsync(WellKnownKinds.ResourceQuota, key, cancellationToken);
        var wanted = live.ToJson().TextAt("spec", "hard", "pods");
        var spoiled = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["pods"] = "7" } },
        };
        var options = new ApplyOptions { FieldManager = "somebody", Force = true };
        var began = Stopwatch.GetTimestamp();
        var changed = (await world.Client.ApplyAsync(WellKnownKinds.ResourceQuota, spoiled, options, cancellationToken)).Object;
        await Until.SeenAsync(
            world.Client,
            WellKnownKinds.ResourceQuota,
            key,
            now => now.Metadata.ResourceVersion != changed.Metadata.ResourceVersion && now.ToJson().TextAt("spec", "hard", "pods") == wanted,
            cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<double> EditAsync(BenchWorld world, ObjectKey key, int replicas, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["apiVersion"] = BackendApp.ResourceKind.ApiVersion,
            ["kind"] = BackendApp.ResourceKind.Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["spec"] = new JsonObject { ["replicas"] = replicas },
        };
        var application = new ObjectKey("argocd", $"{key.Name}-staging");
        var began = Stopwatch.GetTimestamp();
        await world.Client.ApplyAsync(
            BackendApp.ResourceKind, patch, new ApplyOptions { FieldManager = "developer", Force = true }, cancellationToken);
        await Until.SeenAsync(
            world.Client,
            ForeignKinds.Application,
            application,
            now => now.ToJson().ObjectsAt("spec", "source", "kustomize", "replicas").Any(each => each.NumberAt(0, "count") == replicas),
            cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
