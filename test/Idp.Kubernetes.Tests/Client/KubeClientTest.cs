using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Client;

[Collection(ControlPlaneCollection.Name)]
public sealed class KubeClientTest(ControlPlaneFixture controlPlane)
{
    private static readonly ApplyOptions Ours = new() { FieldManager = "tests" };
    private readonly KubeClient _client = controlPlane.Client;

    [Fact]
    public async Task AppliedObject_CanBeReadBack()
    {
        var key = new ObjectKey(await controlPlane.NewNamespaceAsync(), "settings");

        var first = await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Ours, CancellationToken.None);
        var second = await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "b"), Ours, CancellationToken.None);

        first.Created.Should().BeTrue();
        second.Created.Should().BeFalse();
        var read = await _client.GetAsync(WellKnownKinds.ConfigMap, key, CancellationToken.None);
        ((string?)read.ToJson()["data"]!["value"]).Should().Be("b");
    }

    internal static JsonObject Settings(ObjectKey key, string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        ["data"] = new JsonObject { ["value"] = value },
    };
}
