using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.Faults;

/// <summary>A server that says no for a while is asked again, not too often, and nothing is forgotten.</summary>
[Collection(FaultyWorld.Name)]
public sealed class RefusalTest(FaultyPlatform platform) : IDisposable
{
    private const string Apps = "backendapps";
    private static readonly TimeSpan Asked = TimeSpan.FromSeconds(4);
    private static readonly ProxyAnswer Busy = ProxyAnswer.Refusal(429, "TooManyRequests", Asked);

    public void Dispose() => platform.Proxy.ClearFaults();

    [Fact]
    public async Task AServerThatAsksAWatchForPatienceIsGivenItWhileOtherKindsGoOn()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "patience");
        var mark = platform.Proxy.LastNumber;
        platform.Proxy.Add(new ProxyFault
        {
            Matches = request => request.IsWatch && request.Resource == Apps,
            Times = 2,
            Answer = Busy,
        });
        platform.Proxy.Play(request => request.Resource == Apps, WatchStep.Reset);
        await platform.UntilAsync(mark, "a refused watch", request => request.Status == 429);

        await platform.Client.DeleteAsync(
            WellKnownKinds.LimitRange, new ObjectKey(turmoil.Changed.In("staging"), "idp-defaults"), new DeleteOptions(), CancellationToken.None);
        await turmoil.StirAsync();
        var repaired = await platform.UntilAsync(mark, "another kind to be repaired", request => request is { Method: "PATCH", Resource: "limitranges" });
        await turmoil.SettleAsync();

        var watches = turmoil.Reads(Apps);
        watches.Select(watch => watch.Status).Should().Equal(429, 429, 200);
        Gaps(watches).Should().OnlyContain(gap => gap >= Asked);
        repaired.Time.Should().BeBefore(watches[^1].Time);
        await turmoil.ExpectNoNeedlessWriteAsync("PATCH limitranges");
    }

    [Fact]
    public async Task AServerThatAsksAWriterForPatienceIsGivenIt()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "polite");
        var mark = platform.Proxy.LastNumber;
        platform.Proxy.Add(new ProxyFault
        {
            Matches = request => request is { Method: "PATCH", Resource: "namespaces" },
            Times = 2,
            Answer = Busy,
        });

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        var writes = platform.Proxy.RequestsAfter(mark).Where(request => request is { Method: "PATCH", Resource: "namespaces" }).ToList();
        writes.Select(write => write.Status).Should().Equal(429, 429, 201);
        Gaps(writes).Should().OnlyContain(gap => gap >= Asked);
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    [Fact]
    public async Task AServerThatFailsAtEverythingIsAskedEverMoreSeldom()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "failing");
        var mark = platform.Proxy.LastNumber;
        platform.Proxy.Add(new ProxyFault { Times = int.MaxValue, Answer = ProxyAnswer.Refusal(500, "InternalError") });
        platform.Proxy.CutConnections();
        await turmoil.StirAsync();
        await platform.Watching.UntilAsync(
            "three failed watches of every kind",
            () => Task.FromResult(Watches(mark) is { Count: > 10 } kinds && kinds.TrueForAll(kind => kind.Count() >= 3)),
            TimeSpan.FromMilliseconds(100));
        var failed = Watches(mark);
        platform.Proxy.ClearFaults();

        await turmoil.SettleAsync();

        failed.Should().HaveCountGreaterThan(10, "every kind that is watched").And.OnlyContain(kind => kind.Count() <= 5);
        foreach (var kind in failed)
        {
            Gaps([.. kind]).Select((gap, index) => gap.TotalSeconds / Math.Pow(2, index)).Should().OnlyContain(
                gap => gap > 0.7, "pauses of a second, two, four, less a quarter");
        }

        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    private List<IGrouping<string, ProxiedRequest>> Watches(int after) =>
        [.. platform.Proxy.RequestsAfter(after).Where(request => request.IsWatch && request.Status == 500).GroupBy(request => request.Path)];

    private static IReadOnlyList<TimeSpan> Gaps(IReadOnlyList<ProxiedRequest> requests) =>
        [.. requests.Zip(requests.Skip(1), (before, after) => after.Time - before.Time)];
}
