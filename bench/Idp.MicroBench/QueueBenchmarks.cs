using BenchmarkDotNet.Attributes;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.MicroBench;

/// <summary>A key's way through the queue; figures are of one key among a thousand.</summary>
[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int Keys = 1_000;
    private static readonly WorkQueue<ObjectKey> Queue = new(TimeProvider.System);
    private static readonly WorkQueue<ObjectKey> Waiting = new(TimeProvider.System);
    private readonly ObjectKey[] _keys = [.. Enumerable.Range(0, Keys).Select(number => new ObjectKey("team", $"app-{number}"))];

    /// <summary>All are added, then each is taken and given back.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public async Task AddTakeDone()
    {
        foreach (var key in _keys)
        {
            Queue.Add(key);
        }

        for (var count = 0; count < Keys; count++)
        {
            using var item = await Queue.TakeAsync(CancellationToken.None);
        }
    }

    /// <summary>All wait for their time already and are asked for again, later: what a periodic visit costs.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public void AddAgainLater()
    {
        foreach (var key in _keys)
        {
            Waiting.Add(key, QueuePriority.Normal, TimeSpan.FromHours(1));
        }
    }
}
