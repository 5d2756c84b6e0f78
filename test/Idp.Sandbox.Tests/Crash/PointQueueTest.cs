using Idp.Testing.Crash;

namespace Idp.Sandbox.Tests.Crash;

public sealed class PointQueueTest
{
    private static readonly CrashPoint Making = Point(CrashPhase.Making, DeletionPolicy.Delete, 1);
    private static readonly CrashPoint Deleting = Point(CrashPhase.Deleting, DeletionPolicy.Delete, 1);
    private static readonly CrashPoint Retaining = Point(CrashPhase.Deleting, DeletionPolicy.Retain, 1);

    [Fact]
    public void OneApplicationServesAPointOfMakingAndOneOfDeletingUnderItsPolicy()
    {
        var queue = new PointQueue([Making, Deleting, Retaining]);

        queue.NextPolicy.Should().Be(DeletionPolicy.Delete);
        queue.Take(CrashPhase.Making, DeletionPolicy.Delete).Should().Be(Making);
        queue.Take(CrashPhase.Deleting, DeletionPolicy.Delete).Should().Be(Deleting);
        queue.NextPolicy.Should().Be(DeletionPolicy.Retain);
        queue.Take(CrashPhase.Making, DeletionPolicy.Retain).Should().BeNull();
        queue.Take(CrashPhase.Deleting, DeletionPolicy.Retain).Should().Be(Retaining);
        queue.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void APointThatDoesNotComeUpIsTriedAgainAndToldInTheEnd()
    {
        var queue = new PointQueue([Making]);

        for (var again = 1; again <= 2; again++)
        {
            queue.Take(CrashPhase.Making, DeletionPolicy.Delete);
            queue.Settle(Making, cameUp: false, held: true).Should().BeTrue();
            queue.IsEmpty.Should().BeFalse();
        }

        queue.Take(CrashPhase.Making, DeletionPolicy.Delete);
        queue.Settle(Making, cameUp: false, held: true).Should().BeFalse();

        queue.IsEmpty.Should().BeTrue();
        queue.Absent.Should().Equal(Making);
        queue.Held.Should().BeEmpty();
    }

    [Fact]
    public void EveryPointEndsInOneOfThreeWays()
    {
        var queue = new PointQueue([Making, Deleting]);

        queue.Settle(Making, cameUp: true, held: true).Should().BeFalse();
        queue.Settle(Deleting, cameUp: true, held: false).Should().BeFalse();

        queue.Held.Should().Equal(Making);
        queue.Deviated.Should().Equal(Deleting);
        queue.Done.Should().Be(2);
    }

    private static CrashPoint Point(CrashPhase phase, DeletionPolicy policy, int occurrence) =>
        new(phase, policy, new Write("kubernetes PATCH namespaces/APP-staging", occurrence), CrashSide.Before);
}
