using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Apply;

[Collection(ControlPlaneCollection.Name)]
public sealed class ApplierRemovalTest(ControlPlaneFixture controlPlane) : ApplierScenario(controlPlane)
{
    [Fact]
    public async Task UnwantedObject_IsPruned_UnlessItIsKeptOrNotOursOrAnother()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var applier = NewApplier();
        string[] names = ["gone", "kept", "released", "replaced", "stays"];
        var all = names.Select(each => Settings(new ObjectKey(name, each), "a") with { Retain = each == "kept" }).ToList();
        var before = await applier.ApplyAsync(Us, all, [], Never);
        await EditAsync(WellKnownKinds.ConfigMap, new ObjectKey(name, "released"), new JsonPatch().Remove("/metadata/labels"));
        await ControlPlane.Client.DeleteAsync(WellKnownKinds.ConfigMap, new ObjectKey(name, "replaced"), new DeleteOptions(), Never);
        await ControlPlane.Client.CreateAsync(WellKnownKinds.ConfigMap, Settings(new ObjectKey(name, "replaced"), "other").Body, Never);

        var report = await applier.ApplyAsync(Us, [all[4]], before.Inventory, Never);

        report.Inventory.Select(item => item.Name).Should().Equal("stays");
        report.Remaining.Should().BeEmpty();
        report.Notes.Should().Equal(
            $"the ConfigMap {name}/released is left where it is, because it does not carry the label idp.dev/environment=shop-staging",
            $"the ConfigMap {name}/kept is kept");
        (await NamesAsync(name)).Should().Equal("kept", "released", "replaced", "stays");
    }

    [Fact]
    public async Task Deletion_GoesBackwards_AndWaitsForEachStep()
    {
        var name = await ControlPlane.NewNamespaceAsync();
        var applier = NewApplier();
        var held = Settings(new ObjectKey(name, "second"), "a");
        held.Body["metadata"]!["finalizers"] = new JsonArray("tests.idp.dev/hold");
        var made = await applier.ApplyAsync(
            Us,
            [Settings(new ObjectKey(name, "first"), "a"), held, Settings(new ObjectKey(name, "third"), "a"), Settings(new ObjectKey(name, "data"), "a") with { Retain = true }],
            [],
            Never);

        var waiting = await applier.DeleteAsync(Us, made.Inventory, Never);
        var still = await applier.DeleteAsync(Us, made.Inventory, Never);

        waiting.Remaining.Select(left => left.Item.Name).Should().Equal("second", "first");
        waiting.Remaining[0].Message.Should().Be($"the ConfigMap {name}/second is being deleted; finalizers: tests.idp.dev/hold");
        waiting.Remaining[1].Message.Should().Be($"comes after the ConfigMap {name}/second");
        waiting.Notes.Should().Equal($"the ConfigMap {name}/data is kept");
        still.Remaining.Should().HaveCount(2);
        (await NamesAsync(name)).Should().Equal("data", "first", "second");

        await EditAsync(WellKnownKinds.ConfigMap, held.Key, new JsonPatch().Remove("/metadata/finalizers"));
        (await applier.DeleteAsync(Us, made.Inventory, Never)).Done.Should().BeTrue();
        (await NamesAsync(name)).Should().Equal("data");
    }

    [Fact]
    public async Task Deletion_DoesNotNeedTheKindAnyMore()
    {
        var ghost = new InventoryItem(Unserved.Group, "v1", "Ghost", "ghosts", "default", "g", "uid", Retain: false);

        (await NewApplier().DeleteAsync(Us, [ghost], Never)).Done.Should().BeTrue();
    }

    [Fact]
    public async Task NamespaceThatIsHeldUp_SaysByWhat()
    {
        var name = await ControlPlane.NewNamespaceAsync() + "-own";
        var applier = NewApplier();
        var held = Settings(new ObjectKey(name, "held"), "a");
        held.Body["metadata"]!["finalizers"] = new JsonArray("tests.idp.dev/hold");
        var made = await applier.ApplyAsync(Us, [DesiredWorld.Namespace(name), held], [], Never);
        made.Succeeded.Should().BeTrue(Print(made));

        var justTheNamespace = made.Inventory.Where(item => item.Kind == "Namespace").ToList();
        var report = await applier.DeleteAsync(Us, justTheNamespace, Never);
        await EditAsync(WellKnownKinds.ConfigMap, held.Key, new JsonPatch().Remove("/metadata/finalizers"));

        report.Remaining.Single().Message.Should().StartWith($"the Namespace {name} is being deleted");
    }
}
