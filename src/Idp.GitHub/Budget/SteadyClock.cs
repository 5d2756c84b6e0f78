namespace Idp.GitHub;

/// <summary>Moments that go forward as time passes, whatever becomes of the machine's clock: a wait stays as long as it is.</summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _began = clock.GetTimestamp();

    /// <summary>The present moment; to be compared with others of this clock alone.</summary>
    public DateTimeOffset Now => _start + clock.GetElapsedTime(_began);

    /// <summary>What the machine's clock says now.</summary>
    public DateTimeOffset Wall => clock.GetUtcNow();

    /// <summary>What the machine's clock will say at a moment of this one, should nobody change it.</summary>
    public DateTimeOffset OnTheWall(DateTimeOffset moment) => Wall + (moment - Now);
}
