using System.Text.Json.Nodes;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Controllers;

public sealed class PredicatesTest
{
    public static TheoryData<string, bool, bool, bool> Changes => new()
    {
        // what changes, is it the user's, is it any change at all, and one of more than the status
        { "metadata.generation=2", true, true, true },
        { "metadata.labels.team=x", true, true, true },
        { "metadata.annotations.reconcile=now", true, true, true },
        { "metadata.deletionTimestamp=2026-01-01T00:00:00Z", true, true, true },
        { "metadata.finalizers=[]", true, true, true },
        { "metadata.uid=another", true, true, true },
        { "status.ready=True", false, true, false },
        { "metadata.resourceVersion=99", false, false, false },
        { "metadata.managedFields=[]", false, false, false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void EveryChange_CountsForWhomItConcerns(string change, bool desired, bool any, bool butStatus)
    {
        var before = Widget("a", 1, change: json => json["metadata"]!["finalizers"] = new JsonArray("other/one"));
        var after = Widget("a", 1, change: json =>
        {
            json["metadata"]!["finalizers"] = new JsonArray("other/one");
            Set(json, change);
        });

        Predicates.DesiredState(before, after).Should().Be(desired);
        Predicates.AnyChange(before, after).Should().Be(any);
        Predicates.AnyChangeButStatus(before, after).Should().Be(butStatus);
    }

    [Fact]
    public void KindThatCountsNoGenerations_IsComparedAsAWhole()
    {
        var before = Widget("a", 1, change: json => Set(json, "metadata.generation=0"));
        var after = Widget("a", 2, change: json =>
        {
            Set(json, "metadata.generation=0");
            Set(json, "data.key=value");
        });

        Predicates.DesiredState(before, after).Should().BeTrue();
        Predicates.DesiredState(before, before).Should().BeFalse();
    }

    [Fact]
    public void ComingAndGoing_AlwaysCount()
    {
        Predicates.DesiredState(null, Widget("a", 1)).Should().BeTrue();
        Predicates.DesiredState(Widget("a", 1), null).Should().BeTrue();
        Predicates.AnyChange(null, Widget("a", 1)).Should().BeTrue();
        Predicates.AnyChange(Widget("a", 1), null).Should().BeTrue();
        Predicates.AnyChangeButStatus(null, Widget("a", 1)).Should().BeTrue();
        Predicates.AnyChangeButStatus(Widget("a", 1), null).Should().BeTrue();
    }

    [Fact]
    public void OwnWrites_AreNoNews_AndThoseOfOthersAre()
    {
        var byOthers = Predicates.ByOthersThan("us");
        var (ours, oursLater, theirs) = (WrittenBy("us:a"), WrittenBy("us:b"), WrittenBy("us:b", "them:c"));

        byOthers(null, ours).Should().BeFalse();
        byOthers(ours, oursLater).Should().BeFalse();
        byOthers(null, WrittenBy("them:c")).Should().BeTrue();
        byOthers(oursLater, theirs).Should().BeTrue();
        byOthers(theirs, WrittenBy("us:b", "them:d")).Should().BeTrue();
        byOthers(ours, null).Should().BeTrue();
    }

    [Theory]
    [InlineData("test.idp.dev/v1", "Widget", true, true)]
    [InlineData("test.idp.dev/v2", "Widget", true, true)]
    [InlineData("test.idp.dev/v1", "Gadget", true, false)]
    [InlineData("other.dev/v1", "Widget", true, false)]
    [InlineData("v1", "Widget", true, false)]
    [InlineData("test.idp.dev/v1", "Widget", false, false)]
    public void Owner_IsTheControllingOne_OfTheKind(string apiVersion, string kind, bool controller, bool mapped)
    {
        var child = Widget("child", 1, change: json => json["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = kind,
            ["name"] = "owner",
            ["uid"] = "u",
            ["controller"] = controller,
        }));

        var owned = new ControllerBuilder<Widget>().Owns(WellKnownKinds.ConfigMap).Registrations.Single();
        owned.Map(null!, child).Should().Equal(mapped ? [Key("owner")] : Array.Empty<ObjectKey>());
    }

    private static KubeObject WrittenBy(params string[] entries) => Widget("a", 1, change: json => json["metadata"]!["managedFields"] = new JsonArray(
        [.. entries.Select(entry => new JsonObject { ["manager"] = entry.Split(':')[0], ["fieldsV1"] = new JsonObject { [$"f:{entry.Split(':')[1]}"] = new JsonObject() } })]));

    private static void Set(JsonObject json, string change)
    {
        var (path, value) = (change.Split('=')[0].Split('.'), change.Split('=')[1]);
        JsonNode node = json;
        foreach (var segment in path[..^1])
        {
            node = node[segment] ??= new JsonObject();
        }

        node[path[^1]] = value == "[]" ? new JsonArray() : int.TryParse(value, out var number) && path[^1] == "generation"
            ? number
            : value;
    }
}
