using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>One real API server for all tests of the project; every test takes a namespace of its own.</summary>
public sealed class ControlPlaneFixture : IAsyncLifetime
{
    private int _namespaces;
    private Sandbox.ControlPlane.ControlPlane? _controlPlane;
    private KubeClient? _client;

    public KubeConfig Config => _controlPlane!.Config;

    public KubeClient Client => _client!;

    public string KubeconfigPath => _controlPlane!.KubeconfigPath;

    public JsonNode Kubeconfig() => Sandbox.ControlPlane.ControlPlane.ReadYaml(File.ReadAllText(KubeconfigPath))!;

    public async Task InitializeAsync()
    {
        _controlPlane = await Sandbox.ControlPlane.ControlPlane.StartAsync(CancellationToken.None);
        _client = _controlPlane.CreateClient();
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_controlPlane is not null)
        {
            await _controlPlane.DisposeAsync();
        }
    }

    public async Task<string> NewNamespaceAsync()
    {
        var name = $"test-{Interlocked.Increment(ref _namespaces)}";
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = name },
        };
        await Client.CreateAsync(WellKnownKinds.Namespace, body, CancellationToken.None);
        return name;
    }
}
