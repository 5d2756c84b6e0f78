using System.Text.RegularExpressions;
using Idp.Testing.Crash;

namespace Idp.Sandbox.Tests.Crash;

public sealed class CrashPointsTest
{
    private static readonly IReadOnlyList<Course> Courses =
    [
        Course(DeletionPolicy.Delete, made: [new("status", 1), new("app", 1), new("status", 2)], deleted: [new("gone", 1)]),
        Course(DeletionPolicy.Retain, made: [new("app", 1), new("status", 1), new("event", 1)], deleted: [new("kept", 1)]),
    ];

    [Fact]
    public void EveryWriteOfAnyRunIsAPairOfPointsInAnOrderOfItsOwn() =>
        CrashPoints.Of(Courses).Select(point => $"{point}").Should().Equal(
            "making, before app",
            "making, after app",
            "making, before event",
            "making, after event",
            "making, before status",
            "making, after status",
            "making, before status (no. 2)",
            "making, after status (no. 2)",
            "deleting (Delete), before gone",
            "deleting (Delete), after gone",
            "deleting (Retain), before kept",
            "deleting (Retain), after kept");

    [Fact]
    public void OnlyAFirstWriteOfEveryRunIsCertainToComeUp() => CrashPoints.Of(Courses)
        .Where(point => point.IsCertain).Select(point => point.Write.Name).Distinct().Should().Equal("app", "status", "gone", "kept");

    [Fact]
    public void TheCommandLineChooses()
    {
        var all = CrashPoints.Of(Courses);

        Choose(new Regex("^making, after")).Should().Equal(all[1], all[3], all[5], all[7]);
        Choose(from: 3, every: 5).Should().Equal(all[2], all[7]);
        Choose().Should().Equal(all);

        List<CrashPoint> Choose(Regex? only = null, int from = 1, int every = 1) => CrashPoints.Choose(
            all, new CrashOptions { Directory = "", Limit = TimeSpan.Zero, Only = only, From = from, Every = every });
    }

    private static Course Course(DeletionPolicy policy, IReadOnlyList<Write> made, IReadOnlyList<Write> deleted) => new(
        policy, new PhaseEnd(new WorldSnapshot([]), made, []), new PhaseEnd(new WorldSnapshot([]), deleted, []));
}
