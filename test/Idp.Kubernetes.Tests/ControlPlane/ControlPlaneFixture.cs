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

    /// <summary>Defines a kind with a status subresource and keyed conditions, and waits until it is served.</summary>
    /// <param name="singular">Its name.</param>
    /// <param name="hasQuantity">Whether it has a field of quantities, for which servers such as 1.20 forget the schema and own every list as a whole.</param>
    public async Task<ResourceKind> NewKindAsync(string singular, bool hasQuantity = false)
    {
        var kind = new ResourceKind("tests.idp.dev", "v1", char.ToUpperInvariant(singular[0]) + singular[1..], singular + "s");
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
            """);
        if (hasQuantity)
        {
            schema!["properties"]!["spec"]!["properties"]!["amount"] = new JsonObject { ["x-kubernetes-int-or-string"] = true };
        }

        await Client.CreateAsync(WellKnownKinds.CustomResourceDefinition, DefinitionOf(kind, singular, schema), CancellationToken.None);
        using var patience = new CancellationTokenSource(ManualTime.Patience);
        while (!await IsServedAsync(kind, patience.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        return kind;
    }

    private static JsonObject DefinitionOf(ResourceKind kind, string singular, JsonNode? schema) => new()
    {
        ["apiVersion"] = WellKnownKinds.CustomResourceDefinition.ApiVersion,
        ["kind"] = WellKnownKinds.CustomResourceDefinition.Kind,
        ["metadata"] = new JsonObject { ["name"] = $"{kind.Plural}.{kind.Group}" },
        ["spec"] = new JsonObject
        {
            ["group"] = kind.Group,
            ["scope"] = "Namespaced",
            ["names"] = new JsonObject { ["kind"] = kind.Kind, ["plural"] = kind.Plural, ["singular"] = singular },
            ["versions"] = new JsonArray(new JsonObject
            {
                ["name"] = kind.Version,
                ["served"] = true,
                ["storage"] = true,
                ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
                ["schema"] = new JsonObject { ["openAPIV3Schema"] = schema },
            }),
        },
    };

    private async Task<bool> IsServedAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        try
        {
            await Client.ListPageAsync(kind, new ListOptions { Limit = 1 }, cancellationToken);
            return true;
        }
        catch (KindNotFoundException)
        {
            return false;
        }
    }
}
