namespace Idp.Testing.Crash;

/// <summary>What making, or deleting, one application came to.</summary>
/// <param name="World">The world at rest.</param>
/// <param name="Writes">The operator's writes on the way.</param>
/// <param name="Differences">Where the world is not as after an undisturbed run.</param>
internal sealed record PhaseEnd(WorldSnapshot World, IReadOnlyList<Write> Writes, IReadOnlyList<string> Differences)
{
    /// <summary>Where the operator was to die; null for nowhere.</summary>
    public CrashPoint? Point { get; init; }

    /// <summary>Whether it did.</summary>
    public bool CameUp { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Whether the world is as it should be.</summary>
    public bool Held => Differences.Count == 0;
}
