using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Whatever text people write, servers old and new take and keep it.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class TextServerTest(ControlPlaneFixture controlPlane)
{
    private const string Text = "🚀 \\uD83D\\uDE80 ü \u2028 \u0001 \"quoted\" \\ 100m+1 <b>&";

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task AnyText_IsKept_ByAnApplyAndByAPatch(TestServer on)
    {
        var server = await controlPlane.OnAsync(on);
        var kind = await controlPlane.NewKindAsync("text", on: on);
        var key = new ObjectKey(await server.NewNamespaceAsync(), "one");
        var body = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["spec"] = new JsonObject { ["text"] = Text },
        };

        var applied = await server.Client.ApplyAsync(kind, body, new ApplyOptions { FieldManager = "test" }, CancellationToken.None);
        var patched = await server.Client.PatchAsync(kind, key, new JsonPatch().Add("/spec/other", Text), CancellationToken.None);

        applied.Object.ToJson()["spec"]!["text"]!.GetValue<string>().Should().Be(Text);
        patched.ToJson()["spec"]!["other"]!.GetValue<string>().Should().Be(Text);
    }
}
