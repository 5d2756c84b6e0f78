using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Another controller, which wants fields of ours otherwise and applies that every second.</summary>
internal sealed class Rival : IAsyncDisposable
{
    /// <summary>Its field manager.</summary>
    public const string Name = "quota-bot";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _rewrites;

    private Rival(KubeClient client, ResourceKind kind, JsonObject wanted) => _running = RunAsync(client, kind, wanted);

    /// <summary>How often it has applied what it wants.</summary>
    public int Rewrites => Volatile.Read(ref _rewrites);

    /// <summary>Starts it.</summary>
    /// <param name="platform">Where.</param>
    /// <param name="kind">Of what kind the object is.</param>
    /// <param name="key">The object.</param>
    /// <param name="spec">The fields that it wants.</param>
    public static Rival Start(Platform platform, ResourceKind kind, ObjectKey key, JsonObject spec) => new(
        platform.Client,
        kind,
        new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["spec"] = spec,
        });

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(KubeClient client, ResourceKind kind, JsonObject wanted)
    {
        using var ticks = new PeriodicTimer(Every);
        do
        {
            await client.ApplyAsync(kind, wanted, new ApplyOptions { FieldManager = Name, Force = true }, _stop.Token);
            Interlocked.Increment(ref _rewrites);
        }
        while (await ticks.WaitForNextTickAsync(_stop.Token));
    }
}
