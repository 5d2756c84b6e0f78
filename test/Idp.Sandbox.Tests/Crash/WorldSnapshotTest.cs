using Idp.Testing.Crash;

namespace Idp.Sandbox.Tests.Crash;

public sealed class WorldSnapshotTest
{
    private static readonly Thing Home = Thing("Namespace APP-staging", ("metadata.labels.stage", "staging"));
    private static readonly Thing Quota = Thing("ResourceQuota APP-staging/idp-quota", ("spec.hard.pods", "50"));

    [Fact]
    public void WorldsOfTheSameThingsDoNotDiffer() =>
        new WorldSnapshot([Home, Quota]).Differences(new WorldSnapshot([Quota, Home])).Should().BeEmpty();

    [Fact]
    public void AThingThatIsNotThereIsMissing() => new WorldSnapshot([Home, Quota]).Differences(new WorldSnapshot([Home]))
        .Should().Equal("missing: ResourceQuota APP-staging/idp-quota");

    [Fact]
    public void AThingThatShouldNotBeThereIsLeftOver() => new WorldSnapshot([Home]).Differences(new WorldSnapshot([Home, Quota]))
        .Should().Equal("left over or doubled: ResourceQuota APP-staging/idp-quota");

    [Fact]
    public void AThingThatIsThereTwiceIsDoubled() => new WorldSnapshot([Home]).Differences(new WorldSnapshot([Home, Home]))
        .Should().Equal("left over or doubled: Namespace APP-staging #2");

    [Fact]
    public void AFactThatDiffersIsNamedWithBothValues()
    {
        var found = Thing(Quota.Name, ("spec.hard.pods", "7"), ("metadata.finalizers[0]", "x"));

        new WorldSnapshot([Quota]).Differences(new WorldSnapshot([found])).Should().Equal(
            $"{Quota.Name}: metadata.finalizers[0] is \"x\", undisturbed absent",
            $"{Quota.Name}: spec.hard.pods is \"7\", undisturbed \"50\"");
    }

    [Fact]
    public void ThingsOfOneNameAreToldApartByTheirFactsWhateverTheirOrder()
    {
        var (users, payments) = (Thing("Migration <hash>", ("spec.table", "users")), Thing("Migration <hash>", ("spec.table", "payments")));

        new WorldSnapshot([users, payments]).Differences(new WorldSnapshot([payments, users])).Should().BeEmpty();
        new WorldSnapshot([users, payments]).Differences(new WorldSnapshot([payments, payments])).Should().ContainSingle();
    }

    private static Thing Thing(string name, params (string Path, string Value)[] facts) =>
        new(name, facts.ToDictionary(fact => fact.Path, fact => fact.Value));
}
