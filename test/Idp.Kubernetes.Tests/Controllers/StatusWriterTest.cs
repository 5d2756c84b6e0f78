using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Controllers;

[Collection(ControlPlaneCollection.Name)]
public sealed class StatusWriterTest(ControlPlaneFixture controlPlane)
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly MemoryReader _memory = new();

    [Fact]
    public async Task Status_IsWrittenOnce_AndThenOnlyWhereItDiffers()
    {
        var (kind, live) = await NewWidgetAsync("statusone");
        var writer = NewWriter();

        var first = await writer.WriteAsync(live, Status("True", "one"), Never);
        var second = await writer.WriteAsync(_memory.Find(kind, live.Key)!, Status("True", "one"), Never);
        var third = await writer.WriteAsync(_memory.Find(kind, live.Key)!, Status("False", "two"), Never);

        (first, second, third).Should().Be((true, false, true));
        var status = (await controlPlane.Client.GetAsync(kind, live.Key, Never)).ToJson()["status"]!;
        status.ToJsonString().Should().Be("""{"conditions":[{"status":"False","type":"Ready"}],"url":"two"}""");
    }

    [Fact]
    public async Task FieldNoLongerInTheStatus_Goes_AndWhatOthersWroteStays()
    {
        var (kind, live) = await NewWidgetAsync("statustwo");
        var writer = NewWriter();
        await writer.WriteAsync(live, Status("True", "one"), Never);
        var edited = await controlPlane.Client.PatchAsync(kind, live.Key, new JsonPatch().Add("/status/theirs", "kept"), "status", Never);

        await writer.WriteAsync(edited, new JsonObject { ["conditions"] = new JsonArray(), ["url"] = null }, Never);

        var status = (await controlPlane.Client.GetAsync(kind, live.Key, Never)).ToJson()["status"]!;
        ((string?)status["theirs"]).Should().Be("kept");
        status.AsObject().ContainsKey("url").Should().BeFalse();
        (status["conditions"] as JsonArray ?? []).Should().BeEmpty();
    }

    [Fact]
    public async Task ObjectThatIsGone_GetsNoStatus()
    {
        var (kind, live) = await NewWidgetAsync("statusthree");
        await controlPlane.Client.DeleteAsync(kind, live.Key, new DeleteOptions(), Never);

        (await NewWriter().WriteAsync(live, Status("True", "one"), Never)).Should().BeFalse();
        (await controlPlane.Client.FindAsync(kind, live.Key, Never)).Should().BeNull();
    }

    private static JsonObject Status(string ready, string url) => new()
    {
        ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready }),
        ["url"] = url,
    };

    private static JsonObject Widget(ResourceKind kind, ObjectKey key) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        ["spec"] = new JsonObject { ["size"] = 1 },
    };

    private StatusWriter NewWriter() => new(controlPlane.Client, _memory, "idp-operator-status", NullLogger<StatusWriter>.Instance);

    private async Task<(ResourceKind Kind, KubeObject Live)> NewWidgetAsync(string singular)
    {
        var kind = await controlPlane.NewKindAsync(singular);
        var key = new ObjectKey(await controlPlane.NewNamespaceAsync(), "widget");
        return (kind, await controlPlane.Client.CreateAsync(kind, Widget(kind, key), Never));
    }
}
