namespace Idp.EndToEnd.Tests.World;

/// <summary>The machine's clock, set wrong by a test.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _offset;

    /// <summary>How far it is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => new(Volatile.Read(ref _offset));
        set => Volatile.Write(ref _offset, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
