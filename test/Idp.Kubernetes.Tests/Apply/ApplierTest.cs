using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Apply;

[Collection(ControlPlaneCollection.Name)]
public sealed class ApplierTest(ControlPlaneFixture controlPlane) : ApplierScenario(controlPlane)
{
    [Fact]
    public async Task EveryObject_IsMadeInOrder_AndThenLeftAlone()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var desired = DesiredWorld.Of(name);
        var applier = NewApplier();

        var first = await applier.ApplyAsync(Us, desired, [], Never);
        var afterFirst = Writes.Count;
        var second = await applier.ApplyAsync(Us, desired, first.Inventory, Never);
        Memory.Clear();
        var third = await applier.ApplyAsync(Us, desired, first.Inventory, Never);

        first.Objects.Should().OnlyContain(applied => applied.Outcome == ApplyOutcome.Created, Print(first));
        first.Inventory.Select(item => item.Kind).Should().Equal(desired.Select(wanted => wanted.Kind.Kind));
        second.Objects.Should().OnlyContain(applied => applied.Outcome == ApplyOutcome.Unchanged, Print(second));
        third.Objects.Should().OnlyContain(applied => applied.Outcome == ApplyOutcome.Unchanged, Print(third));
        Writes.Should().HaveCount(afterFirst, "an unchanged world costs no writes, with a memory or without");
        third.Inventory.Should().Equal(first.Inventory);
    }

    [Fact]
    public async Task Drift_IsRepaired_AndWhatOthersAddedStays()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "settings");
        var desired = new[] { Settings(key, "a") };
        var report = await NewApplier().ApplyAsync(Us, desired, [], Never);
        await EditAsync(WellKnownKinds.ConfigMap, key, new JsonPatch().Replace("/data/value", "drifted").Add("/data/theirs", "kept"));

        var repaired = await NewApplier().ApplyAsync(Us, desired, report.Inventory, Never);

        repaired.Objects.Single().Outcome.Should().Be(ApplyOutcome.Updated);
        (await LiveAsync(WellKnownKinds.ConfigMap, key))["data"]!.ToJsonString().Should().Be("""{"theirs":"kept","value":"a"}""");
    }

    /// <summary>Where the server owns the list as a whole, to force ours takes away those of others.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FinalizersOfOthers_Stay_AndAreNotMissedWhenTheyGo(bool undivided)
    {
        var kind = await ControlPlane.NewKindAsync(undivided ? "heldinone" : "heldbyeach", hasQuantity: undivided);
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "held");
        var wanted = Widget(kind, key, []);
        wanted.Body["metadata"]!["finalizers"] = new JsonArray("idp.dev/ours");
        var other = Widget(kind, key, new JsonArray(new JsonObject { ["name"] = "A" }));
        other.Body["metadata"]!["finalizers"] = new JsonArray("idp.dev/ours");
        var applier = NewApplier();
        await applier.ApplyAsync(Us, [wanted], [], Never);

        await EditAsync(kind, key, new JsonPatch().Add("/metadata/finalizers", new JsonArray("example.com/theirs", "idp.dev/ours")));
        await applier.ApplyAsync(Us, [wanted], [], Never);
        await applier.ApplyAsync(Us, [other], [], Never);
        var kept = await LiveAsync(kind, key);
        await EditAsync(kind, key, new JsonPatch().Remove("/metadata/finalizers/0"));
        await applier.ApplyAsync(Us, [other], [], Never);
        var writes = Writes.Count;
        var settled = await applier.ApplyAsync(Us, [other], [], Never);

        Texts(kept).Should().Equal("example.com/theirs", "idp.dev/ours");
        Texts(await LiveAsync(kind, key)).Should().Equal("idp.dev/ours");
        settled.Objects.Single().Outcome.Should().Be(ApplyOutcome.Unchanged);
        Writes.Should().HaveCount(writes);

        static IEnumerable<string?> Texts(JsonObject live) => live["metadata"]!["finalizers"]!.AsArray().Select(item => (string?)item);
    }

    [Fact]
    public async Task FieldNoLongerWanted_IsRemoved()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "settings");
        var two = Settings(key, "a");
        two.Body["data"]!["second"] = "b";
        await NewApplier().ApplyAsync(Us, [two], [], Never);

        await NewApplier().ApplyAsync(Us, [Settings(key, "a")], [], Never);

        (await LiveAsync(WellKnownKinds.ConfigMap, key))["data"]!.ToJsonString().Should().Be("""{"value":"a"}""");
    }

    /// <summary>The hole that values alone cannot show: a peer added inside an element of an atomic list.</summary>
    [Fact]
    public async Task ForeignFieldInsideAtomicList_IsRepaired()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var desired = DesiredWorld.Of(name).Where(wanted => wanted.Kind == WellKnownKinds.NetworkPolicy).ToList();
        var key = desired.Single().Key;
        await NewApplier().ApplyAsync(Us, desired, [], Never);
        await EditAsync(WellKnownKinds.NetworkPolicy, key, new JsonPatch().Add("/spec/ingress/0/from/0/namespaceSelector", new JsonObject()));

        var repaired = await NewApplier().ApplyAsync(Us, desired, [], Never);

        repaired.Objects.Single().Outcome.Should().Be(ApplyOutcome.Updated);
        (await LiveAsync(WellKnownKinds.NetworkPolicy, key))["spec"]!["ingress"]![0]!["from"]![0]!.AsObject().ContainsKey("namespaceSelector").Should().BeFalse();
    }

    [Fact]
    public async Task ObjectOfSomebodyElse_IsNotTouched_AndItsOwnerIsNamed()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "settings");
        var theirs = Settings(key, "theirs").Body;
        theirs["metadata"]!["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "helm" };
        await ControlPlane.Client.CreateAsync(WellKnownKinds.ConfigMap, theirs, Never);

        var report = await NewApplier().ApplyAsync(Us, [Settings(key, "ours")], [], Never);

        report.Objects.Single().Outcome.Should().Be(ApplyOutcome.Conflict);
        report.Objects.Single().Message.Should().Be(
            $"the ConfigMap {key} exists already and belongs to helm: it does not carry the label idp.dev/environment=shop-staging");
        report.Inventory.Should().BeEmpty();
        Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task TwoOwnersOfOneName_OneGetsIt()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "settings");
        var them = new Ownership(Us.FieldManager, new Dictionary<string, string> { ["idp.dev/environment"] = "other" });
        var applier = NewApplier();

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(index =>
            applier.ApplyAsync(index % 2 == 0 ? Us : them, [Settings(key, "a", index % 2 == 0 ? Us : them)], [], Never)));

        var winners = reports.Select((report, index) => (index % 2, report.Succeeded)).Where(pair => pair.Succeeded).Select(pair => pair.Item1);
        winners.Distinct().Should().ContainSingle("the other one is told of a conflict");
        reports.Count(report => report.Objects.Single().Outcome == ApplyOutcome.Created).Should().Be(1);
    }

    [Fact]
    public async Task ObjectThatAppearsWhileWeCreate_IsHandedBack()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "settings");
        var theirs = Settings(key, "x").Body;
        theirs["metadata"]!.AsObject().Remove("labels");
        theirs["data"] = new JsonObject { ["theirs"] = "kept" };
        var applier = NewApplier(async (request, cancellationToken) =>
        {
            if (request.Method == HttpMethod.Patch && Writes.Count == 0)
            {
                await ControlPlane.Client.CreateAsync(WellKnownKinds.ConfigMap, theirs, cancellationToken);
            }

            return null;
        });

        var report = await applier.ApplyAsync(Us, [Settings(key, "ours")], [], Never);

        report.Objects.Single().Outcome.Should().Be(ApplyOutcome.Conflict, Print(report));
        var live = await LiveAsync(WellKnownKinds.ConfigMap, key);
        live["data"]!.ToJsonString().Should().Be("""{"theirs":"kept"}""");
        live["metadata"]!.AsObject().ContainsKey("labels").Should().BeFalse();
    }

    [Fact]
    public async Task GateThatFails_HoldsUpWhatComesAfter()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var broken = Settings(new ObjectKey(name, "broken"), "a") with { Gate = true };
        broken.Body["data"]!["not/a/key"] = "x";

        var report = await NewApplier().ApplyAsync(Us, [broken, Settings(new ObjectKey(name, "after"), "a")], [], Never);

        report.Objects.Select(applied => applied.Outcome).Should().Equal(ApplyOutcome.Failed, ApplyOutcome.Skipped);
        report.Objects[0].Message.Should().Contain("data[not/a/key]", "the server's own sentence says what is wrong");
        report.Objects[0].Error.Should().BeOfType<InvalidException>();
    }

    [Fact]
    public async Task FailureWithoutAGate_DoesNotHideTheOthers_AndNothingIsPruned()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var (old, next) = (Settings(new ObjectKey(name, "old"), "a"), Settings(new ObjectKey(name, "next"), "a"));
        var before = await NewApplier().ApplyAsync(Us, [old], [], Never);
        var broken = Settings(new ObjectKey(name, "broken"), "a");
        broken.Body["data"]!["not/a/key"] = "x";

        var report = await NewApplier().ApplyAsync(Us, [broken, next], before.Inventory, Never);

        report.Objects.Select(applied => applied.Outcome).Should().Equal(ApplyOutcome.Failed, ApplyOutcome.Created);
        report.Inventory.Select(item => item.Name).Should().Equal("next", "old");
        (await ControlPlane.Client.FindAsync(WellKnownKinds.ConfigMap, old.Key, Never)).Should().NotBeNull();
    }

    [Fact]
    public async Task UnservedKind_IsAMissingDependency_KnownOrAsked()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var ghost = new DesiredObject(Unserved, new JsonObject
        {
            ["apiVersion"] = Unserved.ApiVersion,
            ["kind"] = "Ghost",
            ["metadata"] = new JsonObject { ["name"] = "g", ["namespace"] = name },
        });

        var asked = await NewApplier().ApplyAsync(Us, [ghost], [], Never);
        Memory.Unserved.Add(Unserved);
        var known = await NewApplier().ApplyAsync(Us, [ghost], [], Never);
        var noNamespace = await NewApplier().ApplyAsync(Us, [Settings(new ObjectKey("nowhere", "x"), "a")], [], Never);

        new[] { asked, known, noNamespace }.Should().OnlyContain(report => report.Objects.Single().Outcome == ApplyOutcome.DependencyMissing);
    }

    [Fact]
    public async Task TerminatingNamespace_IsWaitedFor()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var held = Settings(new ObjectKey(name, "held"), "a");
        held.Body["metadata"]!["finalizers"] = new JsonArray("tests.idp.dev/hold");
        await NewApplier().ApplyAsync(Us, [held], [], Never);
        await ControlPlane.Client.DeleteAsync(WellKnownKinds.Namespace, new ObjectKey("", name), new DeleteOptions(), Never);

        var report = await NewApplier().ApplyAsync(Us, [Settings(new ObjectKey(name, "new"), "a")], [], Never);

        report.Objects.Single().Outcome.Should().Be(ApplyOutcome.Terminating, Print(report));
        await EditAsync(WellKnownKinds.ConfigMap, held.Key, new JsonPatch().Remove("/metadata/finalizers"));
    }

    /// <summary>D7: a memory that is behind costs a second look, not an error.</summary>
    [Fact]
    public async Task RecreatedObject_IsLookedAtAgain()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "settings");
        var first = await NewApplier().ApplyAsync(Us, [Settings(key, "a")], [], Never);
        await ControlPlane.Client.DeleteAsync(WellKnownKinds.ConfigMap, key, new DeleteOptions(), Never);

        var stale = Memory.Find(WellKnownKinds.ConfigMap, key);
        var second = await NewApplier().ApplyAsync(Us, [Settings(key, "b")], first.Inventory, Never);

        stale.Should().NotBeNull();
        second.Objects.Single().Outcome.Should().Be(ApplyOutcome.Created, Print(second));
        second.Inventory.Single().Uid.Should().NotBe(first.Inventory.Single().Uid);
    }

    [Fact]
    public async Task FieldThatTheServerDrops_IsNotWrittenForEver()
    {
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "web");
        var wanted = new DesiredObject(WellKnownKinds.Service, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = DesiredWorld.Metadata(key),
            ["spec"] = new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["port"] = 80, ["protocol"] = "TCP" }), ["sessionAffinity"] = "None" },
            ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(new JsonObject { ["ip"] = "10.1.1.1" }) } },
        });
        var applier = NewApplier();

        var first = await applier.ApplyAsync(Us, [wanted], [], Never);
        var second = await applier.ApplyAsync(Us, [wanted], [], Never);

        first.Succeeded.Should().BeTrue(Print(first));
        second.Objects.Single().Outcome.Should().Be(ApplyOutcome.Unchanged);
        Writes.Should().HaveCount(1);
    }

    /// <summary>The server makes null of a keyed list that loses its last element, and refuses that.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyedListThatIsEmptied_IsEmptied(bool leftOut)
    {
        var kind = await ControlPlane.NewKindAsync(leftOut ? "listleftout" : "listempty");
        var key = new ObjectKey(await ControlPlane.NewNamespaceAsync(), "web");
        var applier = NewApplier();
        var made = await applier.ApplyAsync(Us, [Widget(kind, key, new JsonArray(new JsonObject { ["name"] = "A", ["value"] = "1" }))], [], Never);

        var report = await applier.ApplyAsync(Us, [Widget(kind, key, leftOut ? null : [])], made.Inventory, Never);
        var again = await applier.ApplyAsync(Us, [Widget(kind, key, leftOut ? null : [])], made.Inventory, Never);

        report.Objects.Single().Outcome.Should().Be(ApplyOutcome.Updated, Print(report));
        again.Objects.Single().Outcome.Should().Be(ApplyOutcome.Unchanged, Print(again));
        ((await LiveAsync(kind, key))["spec"]!["env"] as JsonArray ?? []).Should().BeEmpty();
    }

    private static DesiredObject Widget(ResourceKind kind, ObjectKey key, JsonArray? env)
    {
        var spec = new JsonObject { ["size"] = 1 };
        if (env is not null)
        {
            spec["env"] = env;
        }

        return new DesiredObject(kind, new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = DesiredWorld.Metadata(key),
            ["spec"] = spec,
        });
    }
}
