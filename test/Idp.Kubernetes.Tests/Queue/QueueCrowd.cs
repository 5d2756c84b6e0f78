using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>Many threads at one queue. Work is a number that whoever adds a key raises first, and whoever holds it reads.</summary>
internal sealed class QueueCrowd(CrowdPlan plan) : IDisposable
{
    private readonly WorkQueue<int> _queue = new(TimeProvider.System);
    private readonly int[] _asked = new int[plan.Keys];
    private readonly int[] _handled = new int[plan.Keys];
    private readonly int[] _holders = new int[plan.Keys];
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _adding = plan.Adders;
    private int _handOuts;
    private volatile bool _shutDown;

    public async Task RunAsync()
    {
        var adders = Enumerable.Range(0, plan.Adders).Select(number => Task.Run(() => AddAsync(new Random(plan.Seed + number)))).ToList();
        var takers = Enumerable.Range(0, plan.Takers).Select(number => Task.Run(() => TakeAsync(new Random(plan.Seed - number - 1)))).ToList();
        await Task.WhenAll(adders).WaitAsync(ManualTime.Patience);
        if (plan.ShutDownAfter is null)
        {
            await ((Task)Task.WhenAny(_rest.Task, Task.WhenAny(takers)).WaitAsync(ManualTime.Patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _handled.Should().Equal(_asked, "every key is handed out after it was added last");
        }

        ShutDown();
        await Task.WhenAll(takers).WaitAsync(ManualTime.Patience);
        _queue.Add(0);
        (_queue.ReadyCount, _queue.WaitingCount, _queue.ActiveCount).Should().Be((0, 0, 0));
    }

    public void Dispose() => _queue.Dispose();

    private void ShutDown()
    {
        _queue.ShutDown();
        _shutDown = true;
    }

    private async Task AddAsync(Random random)
    {
        for (var count = 0; count < plan.Adds; count++)
        {
            var key = random.Next(plan.Keys);
            Interlocked.Increment(ref _asked[key]);
            _queue.Add(key, (QueuePriority)random.Next(3), TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(4) : 0));
            if (random.Next(20) == 0)
            {
                await Task.Yield();
            }
        }

        Interlocked.Decrement(ref _adding);
        ShowIfAtRest();
    }

    private async Task TakeAsync(Random random)
    {
        while (true)
        {
            using var patience = new CancellationTokenSource();
            var tooLate = _shutDown;
            var taking = _queue.TakeAsync(patience.Token);
            if (random.Next(3) == 0)
            {
                // Just when somebody may be about to hand it a key.
                Thread.SpinWait(random.Next(2_000));
                await patience.CancelAsync();
            }

            try
            {
                using var item = await taking;
                if (item is null)
                {
                    return;
                }

                tooLate.Should().BeFalse("a queue that is shut down hands out nothing");
                await HandleAsync(item.Key, random);
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            ShowIfAtRest();
        }
    }

    private async Task HandleAsync(int key, Random random)
    {
        Interlocked.Increment(ref _holders[key]).Should().Be(1, "a key has one holder");
        Volatile.Write(ref _handled[key], Volatile.Read(ref _asked[key]));
        if (random.Next(4) == 0)
        {
            await Task.Yield();
        }

        Interlocked.Decrement(ref _holders[key]);
        if (Interlocked.Increment(ref _handOuts) == plan.ShutDownAfter)
        {
            ShutDown();
        }
    }

    private void ShowIfAtRest()
    {
        if (Volatile.Read(ref _adding) == 0 && Enumerable.Range(0, plan.Keys).All(key => Volatile.Read(ref _handled[key]) == Volatile.Read(ref _asked[key])))
        {
            _rest.TrySetResult();
        }
    }
}
