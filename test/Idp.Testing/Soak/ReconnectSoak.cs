using System.Collections.Concurrent;
using Idp.Sandbox.Demo;
using Idp.Testing.Proxy;

namespace Idp.Testing.Soak;

/// <summary>Lets every watch of the operator end again and again, in turn in good order and with its history gone.</summary>
/// <remarks>
/// Nothing of the operator's own pauses is taken away: a stream that lived for a second is begun again at once, and so is
/// a list after the first 410; all kinds at once make some thirty reconnects a second. Every so often the whole connection
/// is cut. Meanwhile people go on changing applications, so that what reconnects also works.
/// </remarks>
internal sealed class ReconnectSoak(int reconnects, Narrator narrator, TimeProvider clock) : ISoakPart
{
    private const int Samples = 100;
    private const int CutEvery = 10;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1.02);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<string, int> _turns = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => $"{reconnects:N0} reconnects";

    /// <inheritdoc/>
    public async Task<MemoryTrend> RunAsync(SoakWorld world, CancellationToken cancellationToken)
    {
        var trend = new MemoryTrend();
        var began = await CountAsync(world, cancellationToken);
        Misbehave(world.Proxy);
        for (var sample = 1; sample <= Samples; sample++)
        {
            await world.ScaleAsync(world.Applications[sample % world.Applications.Count], 1 + (sample % 3), cancellationToken);
            await UntilAsync(world, began + (reconnects * (long)sample / Samples), cancellationToken);
            var memory = await world.Memory.SampleAsync(cancellationToken);
            trend.Add(memory);
            if (sample % CutEvery == 0)
            {
                narrator.Say($"{reconnects * (long)sample / Samples:N0} reconnects: {memory}");
                world.Proxy.CutConnections();
            }
        }

        world.Proxy.ClearFaults();
        await ExpectWorkAsync(world, cancellationToken);
        return trend;
    }

    private void Misbehave(FaultProxy proxy)
    {
        proxy.Add(new ProxyFault { Matches = IsSecond, Times = int.MaxValue, Watch = [WatchStep.SendError(410, "Expired"), WatchStep.End] });
        proxy.Add(new ProxyFault { Matches = request => request.IsWatch, Times = int.MaxValue, Watch = [WatchStep.PassFor(Life), WatchStep.End] });
        proxy.Play(request => request.IsWatch, WatchStep.End);
    }

    private bool IsSecond(ProxiedRequest request) =>
        request.IsWatch && _turns.AddOrUpdate(request.Path, 1, (_, turn) => turn + 1) % 2 == 0;

    private async Task UntilAsync(SoakWorld world, long count, CancellationToken cancellationToken)
    {
        while (await CountAsync(world, cancellationToken) < count)
        {
            world.ExpectAlive();
            await Task.Delay(Poll, clock, cancellationToken);
        }
    }

    // After all that, what people want is still seen and carried out.
    private static async Task ExpectWorkAsync(SoakWorld world, CancellationToken cancellationToken)
    {
        await Task.WhenAll(world.Applications.Select(application => world.ScaleAsync(application, 5, cancellationToken)));
        await world.UntilScaledAsync(5, cancellationToken);
    }

    private static async Task<long> CountAsync(SoakWorld world, CancellationToken cancellationToken) =>
        (long)(await world.Meters.ReadAsync(cancellationToken)).Sum("kubernetes_watch_restarts_total");
}
