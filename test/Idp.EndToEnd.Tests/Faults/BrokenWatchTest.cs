using Idp.Kubernetes.Client;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.Faults;

/// <summary>Whatever a watch brings or fails to bring: what people want is carried out, once, without a loop and without a crash.</summary>
[Collection(FaultyWorld.OfWatches)]
public sealed class BrokenWatchTest(FaultyPlatform platform)
{
    private const string Apps = "backendapps";

    [Theory]
    [InlineData("reset")]
    [InlineData("ended")]
    public async Task CutInTheMiddleOfALineAWatchGoesOnWhereItWas(string how)
    {
        var turmoil = await Turmoil.PrepareAsync(platform, $"cut-{how}");
        var watches = platform.Proxy.OpenWatches.Count;
        var end = how == "reset" ? WatchStep.Reset : WatchStep.End;
        platform.Proxy.Play(request => request.IsWatch, WatchStep.PassHalf, end).Should().Be(watches);

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        turmoil.Reads(Apps).Should().ContainSingle("it is begun again once, and nothing is listed").Which.IsWatch.Should().BeTrue();
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    [Fact]
    public async Task ToldThatItsHistoryIsGoneAWatchListsAgain()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "expired");
        platform.Proxy.Play(request => request.IsWatch, WatchStep.SendError(410, "Expired"), WatchStep.End);

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        turmoil.Reads(Apps).Select(request => request.IsList).Should().Equal([true, false], "one list and one watch");
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    [Fact]
    public async Task AnEventOfAnUnknownTypeCostsAReconnectAndNothingElse()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "unknown");
        var unknown = WatchStep.Send("SURPRISE", new JsonObject { ["kind"] = "BackendApp", ["metadata"] = new JsonObject { ["name"] = "none" } });
        platform.Proxy.Play(request => request.IsWatch, unknown);

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        turmoil.Reads(Apps).Should().ContainSingle().Which.IsWatch.Should().BeTrue();
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    [Fact]
    public async Task EventsThatComeTwiceAreCarriedOutOnce()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "twice");
        var (events, dropped) = (await platform.MetricAsync("kubernetes_watch_events"), await platform.MetricAsync("kubernetes_watch_dropped"));
        platform.Proxy.Play(request => request.IsWatch, [.. Enumerable.Repeat(WatchStep.Repeat, 500)]);

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        events = await platform.MetricAsync("kubernetes_watch_events") - events;
        dropped = await platform.MetricAsync("kubernetes_watch_dropped") - dropped;
        dropped.Should().BeGreaterThan((events / 2) - 10, $"of {events} events every second is an old one, but for bookmarks");
        await turmoil.ExpectNoNeedlessWriteAsync();
        platform.Proxy.CutConnections();
    }

    [Fact]
    public async Task BookmarksAloneMoveThePlaceFromWhichAWatchGoesOn()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "bookmarks");
        var list = await platform.Client.ListPageAsync(Kinds.BackendApp, new ListOptions { Limit = 1 }, CancellationToken.None);
        var bookmark = WatchStep.Send("BOOKMARK", new JsonObject
        {
            ["kind"] = Kinds.BackendApp.Kind,
            ["apiVersion"] = Kinds.BackendApp.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = list.ResourceVersion },
        });
        var mark = platform.Proxy.LastNumber;

        platform.Proxy.Play(
            request => request.IsWatch && request.Resource == Apps, [.. Enumerable.Repeat(bookmark, 100), WatchStep.End]).Should().Be(1);
        var resumed = await platform.UntilAsync(mark, "another watch", request => request.IsWatch && request.Resource == Apps);
        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        resumed.Has("resourceVersion", list.ResourceVersion).Should().BeTrue($"it is {resumed}");
        turmoil.Reads(Apps).Should().ContainSingle();
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    [Fact]
    public async Task AnObjectAsLargeAsTheServerTakesIsReadLikeAnyOther()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "large");
        var home = turmoil.Changed.In("staging");
        var before = await platform.MetricAsync("kubernetes_cache_objects", "Migration");
        var (events, failures) = (await platform.MetricAsync("kubernetes_watch_events"), await platform.MetricAsync("kubernetes_watch_failures"));

        await platform.ApplyAsync($$"""
            {"apiVersion": "schemas.schemahero.io/v1alpha4", "kind": "Migration", "metadata": {"name": "large", "namespace": "{{home}}"},
             "spec": {"databaseName": "none", "tableName": "none", "tableNamespace": "{{home}}", "generatedDDL": "{{new string('x', 1_400_000)}}"} }
            """);
        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        (await platform.MetricAsync("kubernetes_cache_objects", "Migration")).Should().Be(before + 1);
        (await platform.MetricAsync("kubernetes_watch_events")).Should().BeGreaterThan(events);
        (await platform.MetricAsync("kubernetes_watch_failures")).Should().Be(failures);
        turmoil.Reads("migrations").Should().BeEmpty("the watch went on");
        await turmoil.ExpectNoNeedlessWriteAsync();
    }
}
