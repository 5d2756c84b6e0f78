namespace Idp.Testing.Crash;

/// <summary>One moment at which the operator dies: around the n-th write of a name, while an application is made or deleted.</summary>
/// <param name="Phase">When.</param>
/// <param name="Policy">The policy of the application; it decides what a deletion does.</param>
/// <param name="Write">Around which write.</param>
/// <param name="Side">On which side of it.</param>
internal sealed record CrashPoint(CrashPhase Phase, DeletionPolicy Policy, Write Write, CrashSide Side)
{
    /// <summary>Whether every run comes by: of repeated writes there may be fewer, as timing has it, and of some none.</summary>
    public bool IsCertain { get; init; }

    /// <summary>Returns when, on which side and around what.</summary>
    public override string ToString()
    {
        var phase = Phase == CrashPhase.Making ? "making" : $"deleting ({Policy})";
        return $"{phase}, {(Side == CrashSide.Before ? "before" : "after")} {Write}";
    }
}

/// <summary>What the operator is at when it dies.</summary>
internal enum CrashPhase
{
    /// <summary>From the manifest to the application that is ready.</summary>
    Making,

    /// <summary>From the request to delete to what the policies leave.</summary>
    Deleting,
}

/// <summary>On which side of a write the operator dies.</summary>
internal enum CrashSide
{
    /// <summary>The write has not reached the server.</summary>
    Before,

    /// <summary>The server carried the write out, and the operator does not know.</summary>
    After,
}
