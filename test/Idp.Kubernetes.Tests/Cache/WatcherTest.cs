using System.Threading.Channels;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Cache;

[Collection(HeapCollection.Name)]
public sealed class WatcherTest : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedSource _server = new();
    private readonly Store _store = new(LabelSelector.Parse(null));
    private readonly Channel<StoreChange> _changes = Channel.CreateUnbounded<StoreChange>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Watcher _watcher;
    private Task _running = Task.CompletedTask;

    public WatcherTest()
    {
        _store.Subscribe(change => _changes.Writer.TryWrite(change));
        _watcher = new Watcher("Widget", _server, _store, _time, NullLogger.Instance)
        {
            Backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)) { Random = new Random(1) },
        };
    }

    public Task InitializeAsync()
    {
        _running = _time.Run(() => _watcher.RunAsync(_stop.Token));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(ManualTime.Patience);
        _server.Open.Should().Be(0, "every connection is closed");
        await _time.TimerCountAsync(0);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task ListsInPages_ThenWatchesFromTheList()
    {
        (await _server.ListedAsync()).AnswerPage(10, "more", Widget("a", 1));
        _watcher.Synced.IsCompleted.Should().BeFalse("half a list is no list");
        _store.Count.Should().Be(0);

        var second = await _server.ListedAsync();
        second.Continue.Should().Be("more");
        second.Answer(10, Widget("b", 2));

        (await _server.WatchedAsync()).ResourceVersion.Should().Be("10");
        await _watcher.Synced.WaitAsync(ManualTime.Patience);
        _store.Count.Should().Be(2);
    }

    [Fact]
    public async Task Resumes_FromTheVersionOfTheLastEventOrBookmark()
    {
        var watch = await SyncAsync(10);
        watch.Send(Added(Widget("a", 12)), Bookmark(40));
        await ChangedAsync();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(200));
        watch.End();

        var resumed = await _server.WatchedAsync();
        resumed.ResourceVersion.Should().Be("40");
        resumed.Send(Modified(Widget("a", 41)));
        await ChangedAsync();
        resumed.Fail(Error(500));

        await _time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _server.WatchedAsync()).ResourceVersion.Should().Be("41");
    }

    [Fact]
    public async Task GoneOnResume_ListsAgain_AtOnce()
    {
        var watch = await SyncAsync(10, Widget("a", 1));
        watch.Fail(Error(410));

        (await _server.ListedAsync()).Answer(50, Widget("a", 1));

        (await _server.WatchedAsync()).ResourceVersion.Should().Be("50");
        _changes.Reader.Count.Should().Be(0, "nothing changed");
    }

    [Fact]
    public async Task OnlyTheFirstList_MayBeWhatTheServerHasAtHand()
    {
        var first = await _server.ListedAsync();
        first.Answer(10);
        (await _server.WatchedAsync()).Fail(Error(410));

        var second = await _server.ListedAsync();
        second.Answer(50);

        first.AnyVersion.Should().BeTrue();
        second.AnyVersion.Should().BeFalse("less than was known already would look as if it had been deleted");
        await _server.WatchedAsync();
    }

    [Fact]
    public async Task Relist_WithObjectGone_TriggersItsKey()
    {
        var watch = await SyncAsync(10, Widget("kept", 1), Widget("gone", 2));
        watch.Send(Modified(Widget("kept", 11)));
        await ChangedAsync();
        watch.Fail(Error(410));

        (await _server.ListedAsync()).Answer(50, Widget("kept", 11));

        var change = await ChangedAsync();
        change.Before!.Key.Name.Should().Be("gone");
        change.After.Should().BeNull();
    }

    [Fact]
    public async Task OwnWriteWhileListing_IsNewerThanTheList()
    {
        (await SyncAsync(10, Widget("a", 1))).Fail(Error(410));
        var list = await _server.ListedAsync();
        _store.Observe(Widget("a", 30));
        _store.Observe(Widget("mine", 31));

        list.Answer(20, Widget("a", 1));

        await _server.WatchedAsync();
        _store.Find(Key("a"))!.Metadata.ResourceVersion.Should().Be("30");
        _store.Find(Key("mine")).Should().NotBeNull();
    }

    [Fact]
    public async Task GoneAgainAndAgain_IsNotALoopWithoutAPause()
    {
        (await SyncAsync(10)).Fail(Error(410));
        (await _server.ListedAsync()).Answer(11);
        (await _server.WatchedAsync()).Fail(Error(410));

        await _time.TimerWithinAsync(TimeSpan.FromSeconds(3));
        _server.HasListCall.Should().BeFalse();

        await _time.AdvanceAsync(TimeSpan.FromSeconds(2));
        await _server.ListedAsync();
    }

    [Fact]
    public async Task ExpiredContinueToken_RestartsTheList()
    {
        (await _server.ListedAsync()).AnswerPage(10, "more", Widget("from-the-old-list", 1));
        (await _server.ListedAsync()).Fail(Error(410));

        var again = await _server.ListedAsync();
        again.Continue.Should().BeNull();
        again.Answer(20, Widget("a", 2));

        await _server.WatchedAsync();
        _store.Find(Key("from-the-old-list")).Should().BeNull();
    }

    [Fact]
    public async Task FailedPage_IsAskedForAgain_WithoutTheOthers()
    {
        (await _server.ListedAsync()).AnswerPage(10, "more", Widget("a", 1));
        (await _server.ListedAsync()).Fail(Error(503));
        await _time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        var retried = await _server.ListedAsync();
        retried.Continue.Should().Be("more");
        retried.Answer(10, Widget("b", 2));

        await _server.WatchedAsync();
        _store.Count.Should().Be(2);
    }

    [Fact]
    public async Task SilentConnection_IsReplaced()
    {
        var silent = await SyncAsync(10);
        silent.ServerTimeout.Should().BeGreaterThan(TimeSpan.FromSeconds(260)).And.BeLessThanOrEqualTo(Watcher.ServerTimeout);

        await _time.AdvanceAsync(silent.ServerTimeout + TimeSpan.FromSeconds(4));
        _server.Open.Should().Be(1, "the server may still end it by itself");
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await _server.WatchedAsync()).ResourceVersion.Should().Be("10");
    }

    [Fact]
    public async Task ListThatIsNeverAnswered_IsReplaced()
    {
        await _server.ListedAsync();

        await _time.AdvanceAsync(TimeSpan.FromMinutes(1));

        await _server.ListedAsync();
    }

    [Fact]
    public async Task ConnectionThatEndsAtOnce_IsNotALoopWithoutAPause()
    {
        (await SyncAsync(10)).End();

        await _time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _server.WatchedAsync();
    }

    [Fact]
    public async Task Errors_AreRetriedForEver_WithGrowingPauses_UntilTheServerIsWell()
    {
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30, 30, 30 })
        {
            (await _server.ListedAsync()).Fail(Error(500));
            await _time.TimerWithinAsync(TimeSpan.FromSeconds(seconds));
            await _time.AdvanceAsync(TimeSpan.FromSeconds(seconds * 0.74));
            _server.HasListCall.Should().BeFalse();
            await _time.AdvanceAsync(TimeSpan.FromSeconds(seconds * 0.27));
        }

        var watch = await SyncAsync(10);
        watch.Send(Bookmark(11));
        watch.Fail(Error(500));
        await _time.TimerWithinAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task ServerThatAsksForPatience_IsGivenIt()
    {
        (await _server.ListedAsync()).Fail(Error(429, TimeSpan.FromSeconds(17)));
        await _time.TimerWithinAsync(TimeSpan.FromSeconds(17));

        await _time.AdvanceAsync(TimeSpan.FromSeconds(16));
        _server.HasListCall.Should().BeFalse();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _server.ListedAsync();
    }

    [Fact]
    public async Task KindThatIsNotServed_IsWaitedFor_AndPickedUpByItself()
    {
        (await _server.ListedAsync()).Fail(Error(404));
        await _watcher.Synced.WaitAsync(ManualTime.Patience);
        _watcher.State.Should().BeOfType<WatcherState.NotServed>();

        await _time.TimerWithinAsync(TimeSpan.FromSeconds(30));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(30));
        await SyncAsync(10, Widget("a", 1));

        _store.Find(Key("a")).Should().NotBeNull();
    }

    [Fact]
    public async Task KindThatGoesAway_TellsThatItsObjectsAreGone()
    {
        var watch = await SyncAsync(10, Widget("a", 1));
        watch.Fail(Error(410));

        (await _server.ListedAsync()).Fail(Error(404));

        (await ChangedAsync()).After.Should().BeNull();
        _watcher.State.Should().BeOfType<WatcherState.NotServed>();
    }

    [Fact]
    public async Task ServerThatWasRestoredFromACopy_IsListedAgain()
    {
        var watch = await SyncAsync(1000);

        watch.Send(Bookmark(20));

        await _time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _server.ListedAsync();
    }

    [Fact]
    public async Task TenThousandReconnects_LeaveNothingBehind()
    {
        var watch = await SyncAsync(10, Widget("a", 1));
        var before = 0L;
        for (var round = 0; round < 10_000; round++)
        {
            watch.Send(Modified(Widget("a", round + 11)));
            await ChangedAsync();
            await _time.AdvanceAsync(TimeSpan.FromSeconds(2));
            watch.End();
            watch = await _server.WatchedAsync();
            before = round == 1_000 ? GC.GetTotalMemory(forceFullCollection: true) : before;
        }

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(1_000_000);
        await _time.TimerCountAsync(1);
        _watcher.Counters.Restarts.Should().Be(10_000);
    }

    [Fact]
    public async Task LoopThatIsStuck_ShowsNoSignsOfLife()
    {
        await _server.ListedAsync();
        _watcher.IsAlive.Should().BeTrue();

        _watcher.Counters.Alive -= Watcher.StuckAfter.Ticks;

        _watcher.IsAlive.Should().BeFalse();
    }

    private async Task<ScriptedSource.WatchCall> SyncAsync(int version, params KubeObject[] items)
    {
        (await _server.ListedAsync()).Answer(version, items);
        var watch = await _server.WatchedAsync();
        foreach (var item in items)
        {
            (await ChangedAsync()).After.Should().BeSameAs(item);
        }

        return watch;
    }

    private async Task<StoreChange> ChangedAsync() => await _changes.Reader.ReadAsync().AsTask().WaitAsync(ManualTime.Patience);
}
