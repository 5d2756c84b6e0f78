using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.ControlPlane;

/// <summary>One of the servers that tests run on; every test takes a namespace of its own.</summary>
public sealed class ApiServer(KubeConfig config, bool hasNamespaces) : IDisposable
{
    private int _namespaces;

    public KubeConfig Config { get; } = config;

    public KubeClient Client { get; } = KubeClient.Create(config);

    public void Dispose() => Client.Dispose();

    public async Task<string> NewNamespaceAsync()
    {
        var name = $"test-{Interlocked.Increment(ref _namespaces)}";
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = name },
        };
        if (hasNamespaces)
        {
            await Client.CreateAsync(WellKnownKinds.Namespace, body, CancellationToken.None);
        }

        return name;
    }

    /// <summary>Defines a kind with a status subresource, and waits until it is served.</summary>
    public async Task<ResourceKind> NewKindAsync(string singular, JsonNode schema)
    {
        var kind = new ResourceKind("tests.idp.dev", "v1", char.ToUpperInvariant(singular[0]) + singular[1..], singular + "s");
        await Client.CreateAsync(WellKnownKinds.CustomResourceDefinition, DefinitionOf(kind, singular, schema), CancellationToken.None);
        using var patience = new CancellationTokenSource(ManualTime.Patience);
        while (!await IsServedAsync(kind, patience.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        return kind;
    }

    public static JsonObject DefinitionOf(ResourceKind kind, string singular, JsonNode schema) => new()
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
