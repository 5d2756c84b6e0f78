using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

public sealed class WorkQueueTest : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTest() => _queue = new WorkQueue<string>(_time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task KeyThatIsAddedTwice_IsHandedOutOnce()
    {
        _queue.Add("a");
        _queue.Add("a");

        (await TakeAsync()).Dispose();

        Taking().IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task UsersChange_OvertakesTheInitialList()
    {
        _queue.Add("old-1", QueuePriority.Low);
        _queue.Add("old-2", QueuePriority.Low);
        _queue.Add("back");
        _queue.Add("changed", QueuePriority.High);

        (await TakeAsync()).Key.Should().Be("changed");
        (await TakeAsync()).Key.Should().Be("back");
        (await TakeAsync()).Key.Should().Be("old-1");
        (await TakeAsync()).Key.Should().Be("old-2");
    }

    [Fact]
    public async Task Change_LiftsAKeyOfTheInitialList()
    {
        _queue.Add("first", QueuePriority.Low);
        _queue.Add("second", QueuePriority.Low);

        _queue.Add("second", QueuePriority.High);

        var item = await TakeAsync();
        item.Key.Should().Be("second");
        item.Priority.Should().Be(QueuePriority.High);
    }

    [Fact]
    public async Task WaitingTaker_IsServedAtOnce_WithoutAnyTimer()
    {
        var taking = Taking();

        _queue.Add("a");

        (await taking.WaitAsync(ManualTime.Patience))!.Key.Should().Be("a");
        _time.TimerCount.Should().Be(0);
    }

    [Fact]
    public async Task DelayedKey_ComesAtItsTime_AndNotBefore()
    {
        _queue.Add("a", delay: TimeSpan.FromSeconds(10));
        var taking = Taking();

        _time.Advance(TimeSpan.FromSeconds(9.999));
        taking.IsCompleted.Should().BeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await taking.WaitAsync(ManualTime.Patience))!.Key.Should().Be("a");
    }

    [Fact]
    public async Task KeyThatIsDelayedByWeeks_ComesAtItsTime_ThoughNoTimerTakesThatLong()
    {
        _queue.Add("a", delay: TimeSpan.FromDays(100));
        var taking = Taking();

        _time.Advance(TimeSpan.FromDays(99.9));
        taking.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromDays(0.1));

        (await taking.WaitAsync(ManualTime.Patience))!.Key.Should().Be("a");
    }

    [Fact]
    public void OnlyOneTimerIsSet_ForWhatIsDueNext()
    {
        for (var second = 1; second <= 1000; second++)
        {
            _queue.Add($"key-{second}", delay: TimeSpan.FromSeconds(second));
        }

        _time.TimerCount.Should().Be(1);
        _queue.WaitingCount.Should().Be(1000);
    }

    [Fact]
    public async Task WhoSeesAKeyWaiting_FindsItsAlarmSet()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var time = new ManualTime();
            using var queue = new WorkQueue<string>(time);
            var adding = Task.Run(() => queue.Add("a", delay: TimeSpan.FromSeconds(10)));
            SpinWait.SpinUntil(() => queue.WaitingCount == 1, ManualTime.Patience).Should().BeTrue();

            time.TimerCount.Should().Be(1);
            await adding;
        }
    }

    [Fact]
    public async Task LaterTime_DoesNotDelayAnEarlierOne()
    {
        _queue.Add("a", delay: TimeSpan.FromSeconds(10));

        _queue.Add("a", delay: TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromSeconds(10));

        (await TakeAsync()).Key.Should().Be("a");
    }

    [Fact]
    public async Task EarlierTime_OvertakesALaterOne()
    {
        _queue.Add("a", delay: TimeSpan.FromMinutes(5));

        _queue.Add("a");

        (await TakeAsync()).Key.Should().Be("a");
        _queue.WaitingCount.Should().Be(0);
    }

    [Fact]
    public async Task SameKey_IsNeverWorkedOnTwiceAtOnce()
    {
        _queue.Add("a");
        var item = await TakeAsync();

        _queue.Add("a");
        var taking = Taking();
        taking.IsCompleted.Should().BeFalse();

        item.Dispose();
        (await taking.WaitAsync(ManualTime.Patience))!.Key.Should().Be("a");
    }

    [Fact]
    public async Task BurstOnOneKey_DoesNotHoldUpOthers()
    {
        _queue.Add("busy");
        using var busy = await TakeAsync();

        for (var change = 0; change < 100; change++)
        {
            _queue.Add("busy", QueuePriority.High);
        }

        _queue.Add("other", QueuePriority.Low);
        (await TakeAsync()).Key.Should().Be("other");
    }

    [Fact]
    public async Task TimeThatIsAskedForWhileWorking_CountsAfterwards_AndTheEarliestWins()
    {
        _queue.Add("a");
        var item = await TakeAsync();

        _queue.Add("a", delay: TimeSpan.FromMinutes(5));
        _queue.Add("a", delay: TimeSpan.FromSeconds(10));
        _queue.Add("a", delay: TimeSpan.FromMinutes(1));
        item.Dispose();

        var taking = Taking();
        _time.Advance(TimeSpan.FromSeconds(9));
        taking.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await taking.WaitAsync(ManualTime.Patience))!.Key.Should().Be("a");
    }

    [Fact]
    public async Task CancelledTaker_LosesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        var gone = _queue.TakeAsync(cancelled.Token);

        await cancelled.CancelAsync();
        _queue.Add("a");

        await gone.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await TakeAsync()).Key.Should().Be("a");
    }

    [Fact]
    public async Task ShutDown_LetsTakersGo_AndHandsOutNothingMore()
    {
        _queue.Add("working");
        var item = await TakeAsync();
        var waiting = Taking();
        _queue.Add("later", delay: TimeSpan.FromSeconds(1));

        _queue.ShutDown();
        _queue.Add("working");
        item.Dispose();
        item.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));

        (await waiting.WaitAsync(ManualTime.Patience)).Should().BeNull();
        (await Taking().WaitAsync(ManualTime.Patience)).Should().BeNull();
        (_queue.ReadyCount, _queue.WaitingCount, _queue.ActiveCount).Should().Be((0, 0, 0));
    }

    [Fact]
    public async Task ShutDownWhileHandingOut_HandsNothingOutTwice_AndEndsEveryTaker()
    {
        for (var round = 0; round < 200; round++)
        {
            using var queue = new WorkQueue<int>(TimeProvider.System);
            var taken = new int[100];
            var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (await queue.TakeAsync(CancellationToken.None) is { } item)
                {
                    Interlocked.Increment(ref taken[item.Key]);
                    item.Dispose();
                }
            })).ToList();

            for (var key = 0; key < taken.Length; key++)
            {
                queue.Add(key);
            }

            queue.ShutDown();
            await Task.WhenAll(workers).WaitAsync(ManualTime.Patience);
            taken.Should().OnlyContain(count => count <= 1);
            queue.ActiveCount.Should().Be(0);
        }
    }

    [Fact]
    public async Task ManyThreads_NothingIsLost_AndNoKeyIsSharedByTwo()
    {
        using var queue = new WorkQueue<int>(TimeProvider.System);
        var wanted = new int[20];
        var done = new int[20];
        var holders = new int[20];
        var shared = 0;
        var workers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync(CancellationToken.None) is { } item)
            {
                using (item)
                {
                    Interlocked.Add(ref shared, Interlocked.Increment(ref holders[item.Key]) - 1);
                    done[item.Key] = Volatile.Read(ref wanted[item.Key]);
                    await Task.Yield();
                    Interlocked.Decrement(ref holders[item.Key]);
                }
            }
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var change = 0; change < 20_000; change++)
            {
                var key = random.Next(20);
                Interlocked.Increment(ref wanted[key]);
                queue.Add(key, (QueuePriority)random.Next(3));
            }
        })));
        SpinWait.SpinUntil(() => queue.ReadyCount + queue.ActiveCount == 0, ManualTime.Patience);
        queue.ShutDown();
        await Task.WhenAll(workers).WaitAsync(ManualTime.Patience);

        shared.Should().Be(0);
        done.Should().Equal(wanted, "the last change of every key was seen by a later hand-out");
    }

    private Task<WorkItem<string>?> Taking() => _queue.TakeAsync(CancellationToken.None);

    private async Task<WorkItem<string>> TakeAsync() =>
        await Taking().WaitAsync(ManualTime.Patience) ?? throw new InvalidOperationException("shut down");
}
