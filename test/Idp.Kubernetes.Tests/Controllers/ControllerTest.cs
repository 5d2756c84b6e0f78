using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Controllers;

public sealed class ControllerTest : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Meter _meter = new($"test-{Guid.NewGuid():N}");
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Scripted _reconciler = new();
    private readonly Controller _controller;
    private Task _running = Task.CompletedTask;

    public ControllerTest()
    {
        _queue = new WorkQueue<ObjectKey>(_time);
        var options = new ControllerOptions
        {
            Name = "Widget",
            Workers = 4,
            Clock = _time,
            Backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)) { Random = new Random(1) },
        };
        _controller = new Controller(options, _reconciler, _queue, new ReconcileMeter(_meter), NullLogger.Instance);
    }

    public Task InitializeAsync()
    {
        _running = _time.Run(() => _controller.RunAsync(_stop.Token));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(ManualTime.Patience);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _queue.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Exception_IsRetriedForEver_WithGrowingPauses()
    {
        _queue.Add(Key("a"));
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300 })
        {
            (await _reconciler.CalledAsync()).Throw(new InvalidOperationException("broken"));
            await _time.AdvanceAsync(TimeSpan.FromSeconds(seconds * 0.74));
            _queue.WaitingCount.Should().Be(1, "it is too early");
            await _time.AdvanceAsync(TimeSpan.FromSeconds(seconds * 0.27));
        }

        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task Success_ForgetsTheFailures()
    {
        _queue.Add(Key("a"));
        for (var failure = 0; failure < 5; failure++)
        {
            (await _reconciler.CalledAsync()).Throw(new InvalidOperationException());
            await _time.AdvanceAsync(TimeSpan.FromMinutes(5));
        }

        (await _reconciler.CalledAsync()).Return(ReconcileResult.After(TimeSpan.FromSeconds(10)));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await _reconciler.CalledAsync()).Throw(new InvalidOperationException());
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task FailureWithItsOwnTime_ComesBackThen()
    {
        _queue.Add(Key("a"));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Failed("later", requeueAfter: TimeSpan.FromSeconds(40)));

        await _time.AdvanceAsync(TimeSpan.FromSeconds(39));
        _queue.WaitingCount.Should().Be(1);
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0.1)]
    public async Task LongIntervalsAreSpread_AndTimesThatSomebodyNamedAreKept(bool named, double spread)
    {
        var hour = TimeSpan.FromHours(1);
        var visits = Enumerable.Range(0, 20).Select(number => Key($"visit-{number}")).ToList();
        foreach (var key in visits)
        {
            _queue.Add(key);
            (await _reconciler.CalledAsync()).Return(named ? ReconcileResult.Waiting(hour, "somebody") : ReconcileResult.After(hour));
        }

        await _time.AdvanceAsync(hour - TimeSpan.FromSeconds(1));
        _queue.WaitingCount.Should().Be(20, "it is too early");
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        _queue.WaitingCount.Should().Match(waiting => named ? waiting == 0 : waiting > 10);
        await _time.AdvanceAsync(hour * spread);
        _queue.WaitingCount.Should().Be(0);
        foreach (var _ in visits)
        {
            (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
        }
    }

    [Theory]
    [InlineData(17, 17)]
    [InlineData(0, 1)]
    [InlineData(7_200, 120)]
    public async Task ServerThatAsksForPatience_IsGivenIt_WithinBounds(int asked, int given)
    {
        _queue.Add(Key("a"));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Failed("busy", Error(429, TimeSpan.FromSeconds(asked))));

        await _time.AdvanceAsync(TimeSpan.FromSeconds(given * 0.74));
        _queue.WaitingCount.Should().Be(1, "it is too early");
        await _time.AdvanceAsync(TimeSpan.FromSeconds(given * 0.27));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task StatusEvent_DoesNotCancelRequeue()
    {
        _queue.Add(Key("a"));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.After(TimeSpan.FromSeconds(30)));
        var trigger = new Trigger(
            item => [item.Key], Predicates.DesiredState, _queue, NullLogger.Instance);

        trigger.On(new(Widget("a", 1), Widget("a", 2, change: json => json["status"] = "written")));
        await _time.AdvanceAsync(TimeSpan.FromSeconds(30));

        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task Conflict_IsRetried()
    {
        _queue.Add(Key("a"));
        (await _reconciler.CalledAsync()).Throw(Error(409));

        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task Stalled_IsNotRetried_UntilSomethingChanges()
    {
        _queue.Add(Key("a"));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Stalled("a field is wrong"));
        await _time.AdvanceAsync(TimeSpan.FromDays(2));
        _queue.WaitingCount.Should().Be(0);

        _queue.Add(Key("a"), QueuePriority.High);

        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task ReconcileThatTakesTooLong_IsCancelled_AndRetried()
    {
        _queue.Add(Key("a"));
        var call = await _reconciler.CalledAsync();

        await _time.AdvanceAsync(TimeSpan.FromMinutes(2));
        call.Token.IsCancellationRequested.Should().BeTrue();

        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task ReconcileThatIgnoresItsToken_IsSeenByTheWatchdog()
    {
        _queue.Add(Key("a"));
        var deaf = await _reconciler.CalledAsync(deaf: true);
        await _time.AdvanceAsync(TimeSpan.FromMinutes(2));
        _controller.IsAlive.Should().BeTrue();

        await _time.AdvanceAsync(TimeSpan.FromMinutes(1));

        _controller.IsAlive.Should().BeFalse();
        deaf.Return(ReconcileResult.Success);
    }

    [Fact]
    public async Task LostLeadership_CancelsRunningWork_AndItsKeyIsThereForTheNextTerm()
    {
        _queue.Add(Key("a"));
        var call = await _reconciler.CalledAsync();

        await _stop.CancelAsync();
        await _running.WaitAsync(ManualTime.Patience);
        call.Token.IsCancellationRequested.Should().BeTrue();
        _reconciler.Calls.Should().Be(1, "nobody starts anything when the term is over");
        _queue.ReadyCount.Should().Be(1);

        using var again = new CancellationTokenSource();
        var second = _time.Run(() => _controller.RunAsync(again.Token));
        (await _reconciler.CalledAsync()).Return(ReconcileResult.Success);
        await again.CancelAsync();
        await second.WaitAsync(ManualTime.Patience);
    }

    [Fact]
    public async Task ShutDown_LetsRunningWorkEnd_AndStartsNoMore()
    {
        foreach (var name in "abcdef")
        {
            _queue.Add(Key($"{name}"));
        }

        var running = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _reconciler.CalledAsync()));
        _queue.ShutDown();
        _running.IsCompleted.Should().BeFalse();
        Array.ForEach(running, call => call.Return(ReconcileResult.Success));

        await _running.WaitAsync(ManualTime.Patience);
        _reconciler.Calls.Should().Be(4);
    }

    [Fact]
    public async Task Outcomes_AreCounted_FromZero()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == _meter)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counted)
            {
                var outcome = $"{tags[1].Value}";
                counted[outcome] = counted.GetValueOrDefault(outcome) + value;
            }
        });
        listener.Start();
        new ReconcileMeter(_meter).Announce("Widget");
        counted.Should().HaveCount(Enum.GetValues<ReconcileOutcome>().Length).And.OnlyContain(entry => entry.Value == 0);

        _queue.Add(Key("a"));
        (await _reconciler.CalledAsync()).Throw(Error(409));
        await _time.SettledAsync();

        counted["Conflict"].Should().Be(1);
    }

    private sealed class Scripted : IReconciler
    {
        private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
        private int _count;

        public int Calls => Volatile.Read(ref _count);

        public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            var call = new Call(cancellationToken);
            _calls.Writer.TryWrite(call);
            await Task.WhenAny(call.Answer.Task, Cancelled(cancellationToken));
            if (!call.Answer.Task.IsCompleted && !call.Deaf)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return await call.Answer.Task;
        }

        public async Task<Call> CalledAsync(bool deaf = false)
        {
            var call = await _calls.Reader.ReadAsync().AsTask().WaitAsync(ManualTime.Patience);
            call.Deaf = deaf;
            return call;
        }

        private static Task Cancelled(CancellationToken token)
        {
            var cancelled = new TaskCompletionSource();
            token.Register(cancelled.SetResult);
            return cancelled.Task;
        }
    }

    private sealed record Call(CancellationToken Token)
    {
        public bool Deaf { get; set; }

        // What waits for it goes on where it was started: by way of the thread pool, the clock would lose sight of it.
        public TaskCompletionSource<ReconcileResult> Answer { get; } = new();

        public void Return(ReconcileResult result) => Answer.SetResult(result);

        public void Throw(Exception exception) => Answer.SetException(exception);
    }
}
