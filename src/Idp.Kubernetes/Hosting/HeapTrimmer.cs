using Microsoft.Extensions.Hosting;

namespace Idp.Kubernetes.Hosting;

/// <summary>Gives memory back when there is nothing to do.</summary>
/// <remarks>
/// An operator works in bursts and is idle for hours, and who is idle allocates nothing, so that nothing is ever collected:
/// the garbage of the burst would stay, a third of the process and more.
/// https://learn.microsoft.com/dotnet/api/system.gccollectionmode
/// </remarks>
internal sealed class HeapTrimmer(TimeProvider clock) : BackgroundService
{
    /// <summary>How often it looks, and how long it must have been idle.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Who allocates less than this in an interval, in bytes, is idle.</summary>
    public const long Idle = 4 << 20;

    /// <summary>So much must have been allocated since the last time, in bytes, to be worth it.</summary>
    public const long Burst = 32 << 20;

    /// <summary>How many bytes the process has allocated so far.</summary>
    public Func<long> Allocated { get; init; } = () => GC.GetTotalAllocatedBytes();

    /// <summary>Collects everything and gives the memory back.</summary>
    public Action Trim { get; init; } = () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (before, trimmed) = (Allocated(), 0L);
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            var now = Allocated();
            if (now - before < Idle && now - trimmed >= Burst)
            {
                Trim();
                trimmed = now;
            }

            before = now;
        }
    }
}
