using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Tests.World;
using Idp.Testing.Proxy;

namespace Idp.Sandbox.Tests.Proxy;

/// <summary>In front of a real API server, with the real client.</summary>
[Collection(WorldCollection.Name)]
public sealed class ApiServerProxyTest(WorldFixture world)
{
    [Fact]
    public async Task TheClientReadsWritesAndWatchesThroughIt()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var proxy = await world.Sandbox.StartApiServerProxyAsync(patience.Token);
        var path = Path.Combine(world.NewFolder(), "kubeconfig");
        await proxy.WriteKubeconfigAsync(world.Sandbox.ControlPlane.KubeconfigPath, path, patience.Token);
        var config = KubeConfig.Load(path);
        config.Server.Should().Be(proxy.Address);
        using var client = KubeClient.Create(config);

        var list = await client.ListPageAsync(WellKnownKinds.Namespace, new ListOptions(), patience.Token);
        await using var watch = await client.WatchAsync(
            WellKnownKinds.Namespace, new WatchOptions { ResourceVersion = list.ResourceVersion }, patience.Token);
        await client.CreateAsync(
            WellKnownKinds.Namespace,
            new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "through-a-proxy" } },
            patience.Token);

        await using var changes = watch.GetAsyncEnumerator(patience.Token);
        (await changes.MoveNextAsync()).Should().BeTrue();
        changes.Current.Object.Key.Name.Should().Be("through-a-proxy");
        proxy.Requests.Where(request => request.IsWrite).Should().ContainSingle().Which.Status.Should().Be(201);
        proxy.OpenWatches.Should().ContainSingle().Which.Resource.Should().Be("namespaces");
    }
}
