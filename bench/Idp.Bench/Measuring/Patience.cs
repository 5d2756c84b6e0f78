using System.Diagnostics;

namespace Idp.Bench.Measuring;

/// <summary>Waits until an operator has nothing to do.</summary>
internal static class Patience
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until enough is done and nothing is pending; what comes later by the clock, such as looks at GitHub, does not count.</summary>
    /// <returns>When that was, as a timestamp, to the tenth of a second.</returns>
    public static async Task<long> UntilDoneAsync(
        OperatorProbe probe, Func<Progress, bool> isEnough, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using var ticks = new PeriodicTimer(Poll);
        while (await ticks.WaitForNextTickAsync(deadline.Token))
        {
            var now = await probe.ReadAsync(deadline.Token);
            if (now.Pending == 0 && isEnough(now))
            {
                break;
            }
        }

        return Stopwatch.GetTimestamp();
    }

    /// <summary>Waits until nothing is pending and nothing more happens for a while.</summary>
    /// <returns>When it did something last, as a timestamp, to the tenth of a second.</returns>
    public static async Task<long> UntilQuietAsync(
        OperatorProbe probe, Func<Progress, bool> isEnough, TimeSpan quiet, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using var ticks = new PeriodicTimer(Poll);
        var (last, changed) = (default(Progress), Stopwatch.GetTimestamp());
        while (await ticks.WaitForNextTickAsync(deadline.Token))
        {
            var now = await probe.ReadAsync(deadline.Token);
            if (now.Pending > 0 || now.Reconciles != last.Reconciles || !isEnough(now))
            {
                (last, changed) = (now, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(changed) > quiet)
            {
                break;
            }
        }

        return changed;
    }
}
