using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Demo;

namespace Idp.Testing.Soak;

/// <summary>Has the operator reconcile again and again, while applications come and go.</summary>
/// <remarks>
/// People annotate applications and environments, which is a reason to look at them and nothing to write. What comes and
/// goes shows what is kept of objects that are no more: an application is made, deployed and deleted in every fifth
/// sample, with its repository.
/// </remarks>
internal sealed class ReconcileSoak(int reconciles, Narrator narrator, TimeProvider clock) : ISoakPart
{
    private const int Samples = 100;
    private const int ChurnEvery = 5;
    private const int AtOnce = 8;
    private const int Beats = 200;
    private static readonly ApplyOptions ByPeople = new() { FieldManager = "people", Force = true };
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private int _beat;

    /// <inheritdoc/>
    public string Name => $"{reconciles:N0} reconciles";

    /// <inheritdoc/>
    public async Task<MemoryTrend> RunAsync(SoakWorld world, CancellationToken cancellationToken)
    {
        var trend = new MemoryTrend();
        var began = await CountAsync(world, cancellationToken);
        for (var sample = 1; sample <= Samples; sample++)
        {
            if (sample % ChurnEvery == 0)
            {
                await ComeAndGoAsync(world, sample, cancellationToken);
            }

            var target = began + (reconciles * (long)sample / Samples);
            while (await CountAsync(world, cancellationToken) < target)
            {
                world.ExpectAlive();
                await BeatAsync(world, cancellationToken);
            }

            var memory = await world.Memory.SampleAsync(cancellationToken);
            trend.Add(memory);
            if (sample % 10 == 0)
            {
                narrator.Say($"{reconciles * (long)sample / Samples:N0} reconciles: {memory}");
            }
        }

        return trend;
    }

    /// <summary>Annotates applications and environments in turn, a few at a time.</summary>
    private Task BeatAsync(SoakWorld world, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        return Parallel.ForAsync(0, Beats, options, async (_, token) =>
        {
            var beat = Interlocked.Increment(ref _beat);
            var application = world.Applications[beat / 2 % world.Applications.Count];
            var (kind, name) = beat % 2 == 0
                ? (BackendApp.ResourceKind, application.Name)
                : (ApplicationEnvironment.ResourceKind, $"{application.Name}-staging");
            var body = Body(kind, application with { Name = name });
            body["metadata"]!["annotations"] = new JsonObject { ["soak.example/beat"] = beat.ToString(CultureInfo.InvariantCulture) };
            await world.Sandbox.Client.ApplyAsync(kind, body, ByPeople, token);
        });
    }

    private async Task ComeAndGoAsync(SoakWorld world, int sample, CancellationToken cancellationToken)
    {
        var kind = BackendApp.ResourceKind;
        var key = world.Applications[0] with { Name = string.Create(CultureInfo.InvariantCulture, $"passing-{sample}") };
        var body = Body(kind, key);
        body["metadata"]!["annotations"] = new JsonObject { [Annotations.ConfirmDelete] = key.Name };
        body["spec"] = new JsonObject
        {
            ["repository"] = new JsonObject { ["deletionPolicy"] = "Delete" },
            ["environments"] = new JsonArray(new JsonObject { ["name"] = "staging" }),
        };
        await world.Sandbox.Client.ApplyAsync(kind, body, ByPeople, cancellationToken);
        await UntilAsync(world, key, app => app is not null && IsReady(app), cancellationToken);
        await world.Sandbox.Client.DeleteAsync(kind, key, new DeleteOptions(), cancellationToken);
        await UntilAsync(world, key, app => app is null, cancellationToken);
    }

    private async Task UntilAsync(SoakWorld world, ObjectKey key, Func<KubeObject?, bool> isSo, CancellationToken cancellationToken)
    {
        while (!isSo(await world.Sandbox.Client.FindAsync(BackendApp.ResourceKind, key, cancellationToken)))
        {
            world.ExpectAlive();
            await Task.Delay(Poll, clock, cancellationToken);
        }
    }

    private static bool IsReady(KubeObject app) => app.Deserialize(BackendApp.JsonType).Status.Conditions
        .Any(condition => condition is { Type: Conditions.Ready, Status: ConditionStatus.True });

    private static JsonObject Body(ResourceKind kind, ObjectKey key) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
    };

    private static async Task<long> CountAsync(SoakWorld world, CancellationToken cancellationToken) =>
        (long)(await world.Meters.ReadAsync(cancellationToken)).Sum("kubernetes_reconciles_total");
}
