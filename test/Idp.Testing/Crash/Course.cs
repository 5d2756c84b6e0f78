namespace Idp.Testing.Crash;

/// <summary>What making and deleting one application undisturbed came to.</summary>
/// <param name="Policy">The application's policy.</param>
/// <param name="Made">When it was ready.</param>
/// <param name="Deleted">When it was gone.</param>
internal sealed record Course(DeletionPolicy Policy, PhaseEnd Made, PhaseEnd Deleted)
{
    /// <summary>Where another course came to something else.</summary>
    public IReadOnlyList<string> Differences(Course other) =>
    [
        .. Made.World.Differences(other.Made.World).Select(line => $"made: {line}"),
        .. Deleted.World.Differences(other.Deleted.World).Select(line => $"deleted: {line}"),
    ];
}
