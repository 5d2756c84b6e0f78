using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>What the servers tell of changes.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class WatchServerTest(ControlPlaneFixture controlPlane)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task AWatch_TellsEveryChangeInOrder_AndNothingOfOtherNamespaces(TestServer on)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var server = await controlPlane.OnAsync(on);
        var kind = await controlPlane.NewKindAsync("watched", on: on);
        var key = new ObjectKey(await server.NewNamespaceAsync(), "one");
        var from = (await server.Client.ListPageAsync(kind, new ListOptions { Namespace = key.Namespace }, Never)).ResourceVersion;

        await server.Client.CreateAsync(kind, Named(kind, key), Never);
        await server.Client.PatchAsync(kind, key, new JsonPatch().Add("/spec", new JsonObject { ["size"] = 2 }), Never);
        await server.Client.DeleteAsync(kind, key, new DeleteOptions(), Never);
        await server.Client.CreateAsync(kind, Named(kind, key with { Namespace = await server.NewNamespaceAsync() }), Never);
        var events = new List<WatchEvent>();
        while (events.Count < 3)
        {
            await ReadAsync(server.Client, kind, key.Namespace, events.Count == 0 ? from : events[^1].ResourceVersion, events, patience.Token);
        }

        events.Select(each => each.Type).Should().Equal(WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted);
        events.Select(each => long.Parse(each.ResourceVersion, CultureInfo.InvariantCulture)).Should().BeInAscendingOrder();
    }

    private static async Task ReadAsync(
        KubeClient client, ResourceKind kind, string inNamespace, string from, List<WatchEvent> events, CancellationToken cancellationToken)
    {
        var options = new WatchOptions { Namespace = inNamespace, ResourceVersion = from, ServerTimeout = TimeSpan.FromSeconds(1) };
        await using var stream = await client.WatchAsync(kind, options, cancellationToken);
        await foreach (var told in stream.WithCancellation(cancellationToken))
        {
            events.Add(told);
        }
    }

    private static JsonObject Named(ResourceKind kind, ObjectKey key) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
    };
}
