using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Yaml;

namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>One real API server for all tests of the project, and beside it, where a test asks for it, today's server of custom resources.</summary>
public sealed class ControlPlaneFixture : IAsyncLifetime, IDisposable
{
    private Sandbox.ControlPlane.ControlPlane? _controlPlane;
    private ApiServer? _server;
    private ApiServer? _crds;

    public KubeConfig Config => _server!.Config;

    public KubeClient Client => _server!.Client;

    public string KubeconfigPath => _controlPlane!.KubeconfigPath;

    public JsonObject Kubeconfig() => YamlText.ReadObjects(File.ReadAllText(KubeconfigPath))[0];

    public async Task InitializeAsync()
    {
        _controlPlane = await Sandbox.ControlPlane.ControlPlane.StartAsync(CancellationToken.None);
        _server = new ApiServer(_controlPlane.Config, hasNamespaces: true);
    }

    public async Task DisposeAsync()
    {
        if (_controlPlane is not null)
        {
            await _controlPlane.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        _crds?.Dispose();
    }

    /// <summary>One of the servers; that of custom resources is started when it is first asked for.</summary>
    public async Task<ApiServer> OnAsync(TestServer server) => server == TestServer.ControlPlane
        ? _server!
        : _crds ??= new ApiServer(await _controlPlane!.StartCrdServerAsync(CancellationToken.None), hasNamespaces: false);

    public Task<string> NewNamespaceAsync() => _server!.NewNamespaceAsync();

    /// <summary>Defines a kind with a status subresource and keyed conditions, and waits until it is served.</summary>
    /// <param name="singular">Its name.</param>
    /// <param name="hasQuantity">Whether it has a field of quantities, for which servers such as 1.20 forget the schema and own every list as a whole.</param>
    /// <param name="on">Where.</param>
    public async Task<ResourceKind> NewKindAsync(string singular, bool hasQuantity = false, TestServer on = TestServer.ControlPlane)
    {
        var schema = JsonNode.Parse(
            """
            {"type":"object","properties":{
              "spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{
                "env":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                  "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"value":{"type":"string"}}}}}},
              "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{
                "url":{"type":"string"},
                "conditions":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["type"],
                  "items":{"type":"object","required":["type"],"properties":{"type":{"type":"string"},"status":{"type":"string"}}}}}}}}
            """)!;
        if (hasQuantity)
        {
            schema["properties"]!["spec"]!["properties"]!["amount"] = new JsonObject { ["x-kubernetes-int-or-string"] = true };
        }

        return await (await OnAsync(on)).NewKindAsync(singular, schema);
    }
}
