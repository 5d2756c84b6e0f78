namespace Idp.Testing.Crash;

/// <summary>Waits until the world has come to rest, starting the operator again where it died on the way.</summary>
internal sealed class Settling(CrashWorld world, TimeProvider clock)
{
    /// <summary>How long the world may take to become as it should be: longer than anything that waits for a clock.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private const int LongRest = 5;

    /// <summary>Waits until nothing is written any more, and until the world is as expected or patience ends.</summary>
    /// <param name="app">The application.</param>
    /// <param name="point">Where the operator is to die; null for nowhere.</param>
    /// <param name="hasArrived">Whether there is any use in looking closer.</param>
    /// <param name="expected">What an undisturbed run came to; null in such a run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The world at rest, or as it was when patience ended.</returns>
    public async Task<WorldSnapshot> RunAsync(
        CrashApp app,
        CrashPoint? point,
        Func<CrashApp, CancellationToken, Task<bool>> hasArrived,
        WorldSnapshot? expected,
        CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var (last, writes, rest) = (new WorldSnapshot([]), -1, 0);
        while (clock.GetElapsedTime(began) < Patience)
        {
            await world.ReviveAsync(cancellationToken);
            if (!await hasArrived(app, cancellationToken))
            {
                await Task.Delay(Glance, clock, cancellationToken);
                continue;
            }

            var now = await world.Reader.ReadAsync(app, cancellationToken);
            var count = world.Trap.Writes.Count;
            rest = count == writes && last.Differences(now).Count == 0 ? rest + 1 : 0;
            (last, writes) = (now, count);

            // What is still to come, such as the last events, is waited for where it matters.
            var isWaitedFor = expected is null || (point is not null && !world.Trap.HasSprung);
            if (rest >= (isWaitedFor ? LongRest : 1) && expected?.Differences(now) is null or { Count: 0 })
            {
                return now;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }

        return await world.Reader.ReadAsync(app, cancellationToken);
    }
}
