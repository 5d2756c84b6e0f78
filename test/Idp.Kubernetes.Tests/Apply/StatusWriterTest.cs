using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

[Collection(ControlPlaneCollection.Name)]
public sealed class StatusWriterTest(ControlPlaneFixture controlPlane)
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly MemoryReader _memory = new();
    private ApiServer? _server;

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task Status_IsWrittenOnce_AndThenOnlyWhereItDiffers(TestServer on)
    {
        var (kind, live) = await NewWidgetAsync(on, "statusone");
        var writer = NewWriter();

        var first = await writer.WriteAsync(live, Status("True", "one"), Never);
        var second = await writer.WriteAsync(_memory.Find(kind, live.Key)!, Status("True", "one"), Never);
        var third = await writer.WriteAsync(_memory.Find(kind, live.Key)!, Status("False", "two"), Never);

        (first, second, third).Should().Be((true, false, true));
        var status = (await _server!.Client.GetAsync(kind, live.Key, Never)).ToJson()["status"]!;
        status.ToJsonString().Should().Be("""{"conditions":[{"status":"False","type":"Ready"}],"url":"two"}""");
    }

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task FieldNoLongerInTheStatus_Goes_AndWhatOthersWroteStays(TestServer on)
    {
        var (kind, live) = await NewWidgetAsync(on, "statustwo");
        var writer = NewWriter();
        await writer.WriteAsync(live, Status("True", "one"), Never);
        var edited = await _server!.Client.PatchAsync(kind, live.Key, new JsonPatch().Add("/status/theirs", "kept"), "status", Never);

        await writer.WriteAsync(edited, new JsonObject { ["conditions"] = new JsonArray(), ["url"] = null }, Never);

        var status = (await _server!.Client.GetAsync(kind, live.Key, Never)).ToJson()["status"]!;
        ((string?)status["theirs"]).Should().Be("kept");
        status.AsObject().ContainsKey("url").Should().BeFalse();
        (status["conditions"] as JsonArray ?? []).Should().BeEmpty();
    }

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task ObjectThatIsGone_GetsNoStatus(TestServer on)
    {
        var (kind, live) = await NewWidgetAsync(on, "statusthree");
        await _server!.Client.DeleteAsync(kind, live.Key, new DeleteOptions(), Never);

        (await NewWriter().WriteAsync(live, Status("True", "one"), Never)).Should().BeFalse();
        (await _server!.Client.FindAsync(kind, live.Key, Never)).Should().BeNull();
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

    private StatusWriter NewWriter() => new(_server!.Client, _memory, "idp-operator-status", NullLogger<StatusWriter>.Instance);

    private async Task<(ResourceKind Kind, KubeObject Live)> NewWidgetAsync(TestServer on, string singular)
    {
        _server = await controlPlane.OnAsync(on);
        var kind = await controlPlane.NewKindAsync(singular, on: on);
        var key = new ObjectKey(await _server.NewNamespaceAsync(), "widget");
        return (kind, await _server!.Client.CreateAsync(kind, Widget(kind, key), Never));
    }
}
