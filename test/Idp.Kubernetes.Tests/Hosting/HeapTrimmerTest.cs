using System.Collections.Concurrent;
using Idp.Kubernetes.Hosting;

namespace Idp.Kubernetes.Tests.Hosting;

public sealed class HeapTrimmerTest
{
    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<int> _trimsBeforeEachLook = [];
    private long _allocated;
    private int _trims;

    [Fact]
    public async Task GarbageOfABurst_IsGivenBack_OnceWhenItIsOver()
    {
        using var trimmer = new HeapTrimmer(_time) { Allocated = Look, Trim = () => Interlocked.Increment(ref _trims) };
        await trimmer.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _trimsBeforeEachLook.Count == 1, "it begins");

        foreach (var megabytes in new[] { 100, 100, 1, 1, 5, 50, 1, 0 })
        {
            await _time.TimerWithinAsync(HeapTrimmer.Interval);
            var looks = _trimsBeforeEachLook.Count;
            Interlocked.Add(ref _allocated, megabytes << 20);
            _time.Advance(HeapTrimmer.Interval);
            await Eventually.TrueAsync(() => _trimsBeforeEachLook.Count > looks, "it looks");
        }

        await trimmer.StopAsync(CancellationToken.None);
        _trimsBeforeEachLook.Should().Equal(0, 0, 0, 0, 1, 1, 1, 1, 2);
    }

    private long Look()
    {
        _trimsBeforeEachLook.Enqueue(Volatile.Read(ref _trims));
        return Interlocked.Read(ref _allocated);
    }
}
