namespace Idp.Testing.Crash;

/// <summary>Makes one application and deletes it, with a kill on the way of either.</summary>
internal sealed class Cycle(CrashWorld world, CrashApp app, TimeProvider clock)
{
    private readonly Settling _settling = new(world, clock);

    /// <summary>Makes the application.</summary>
    /// <param name="point">Where the operator dies; null for nowhere.</param>
    /// <param name="expected">What an undisturbed run came to; null to be one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PhaseEnd> MakeAsync(CrashPoint? point, WorldSnapshot? expected, CancellationToken cancellationToken) =>
        RunAsync(point, world.ApplyAsync, world.IsReadyAsync, expected, cancellationToken);

    /// <summary>Deletes the application.</summary>
    /// <inheritdoc cref="MakeAsync"/>
    public Task<PhaseEnd> DeleteAsync(CrashPoint? point, WorldSnapshot? expected, CancellationToken cancellationToken) =>
        RunAsync(point, world.DeleteAsync, world.IsGoneAsync, expected, cancellationToken);

    private async Task<PhaseEnd> RunAsync(
        CrashPoint? point,
        Func<CrashApp, CancellationToken, Task> begin,
        Func<CrashApp, CancellationToken, Task<bool>> hasArrived,
        WorldSnapshot? expected,
        CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        world.Trap.Set(app, point);
        await begin(app, cancellationToken);
        var found = await _settling.RunAsync(app, point, hasArrived, expected, cancellationToken);
        var took = clock.GetElapsedTime(began);
        return new PhaseEnd(found, world.Trap.Writes, expected?.Differences(found) ?? [])
        {
            Point = point,
            CameUp = world.Trap.HasSprung,
            Took = took,
        };
    }
}
