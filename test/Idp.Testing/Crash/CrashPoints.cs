namespace Idp.Testing.Crash;

/// <summary>The points that undisturbed runs give, in an order that does not depend on the order of writes.</summary>
internal static class CrashPoints
{
    /// <summary>Every point around every write of any of the runs.</summary>
    public static List<CrashPoint> Of(IReadOnlyList<Course> courses)
    {
        var making = Around(CrashPhase.Making, DeletionPolicy.Delete, [.. courses.Select(course => course.Made.Writes)]);
        var deleting = courses.GroupBy(course => course.Policy).SelectMany(
            alike => Around(CrashPhase.Deleting, alike.Key, [.. alike.Select(course => course.Deleted.Writes)]));
        return
        [
            .. making.Concat(deleting)
                .OrderBy(point => point.Phase)
                .ThenBy(point => point.Policy)
                .ThenBy(point => point.Write.Name, StringComparer.Ordinal)
                .ThenBy(point => point.Write.Occurrence)
                .ThenBy(point => point.Side),
        ];
    }

    /// <summary>Those that the command line asks for.</summary>
    public static List<CrashPoint> Choose(IReadOnlyList<CrashPoint> all, CrashOptions options) =>
    [
        .. all.Skip(options.From - 1)
            .Where((_, index) => index % options.Every == 0)
            .Where(point => options.Only?.IsMatch($"{point}") != false),
    ];

    /// <summary>How many there are of which sort, for people.</summary>
    public static string Count(IReadOnlyList<CrashPoint> points) =>
        $"{points.Count} points: " + string.Join(", ", points
            .GroupBy(point => (point.Phase, point.Policy, point.Side))
            .Select(group => $"{group.Count()} {group.Key.Side.ToString().ToLowerInvariant()} a write while "
                + (group.Key.Phase == CrashPhase.Making ? "making" : $"deleting ({group.Key.Policy})")));

    private static IEnumerable<CrashPoint> Around(
        CrashPhase phase, DeletionPolicy policy, IReadOnlyList<IReadOnlyList<Write>> runs) =>
        from write in runs.SelectMany(writes => writes).Distinct()
        from side in Enum.GetValues<CrashSide>()
        select new CrashPoint(phase, policy, write, side)
        {
            IsCertain = write.Occurrence == 1 && runs.All(writes => writes.Contains(write)),
        };
}
