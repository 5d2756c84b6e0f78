using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Hosting;

/// <summary>Makes the API server serve a kind of ours.</summary>
internal static class WidgetDefinition
{
    public static async Task InstallAsync(KubeClient client, ResourceKind kind)
    {
        var definition = new JsonObject
        {
            ["apiVersion"] = WellKnownKinds.CustomResourceDefinition.ApiVersion,
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{kind.Plural}.{kind.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = kind.Group,
                ["scope"] = "Namespaced",
                ["names"] = new JsonObject { ["kind"] = kind.Kind, ["plural"] = kind.Plural },
                ["versions"] = new JsonArray(new JsonObject
                {
                    ["name"] = kind.Version,
                    ["served"] = true,
                    ["storage"] = true,
                    ["schema"] = new JsonObject
                    {
                        ["openAPIV3Schema"] = new JsonObject
                        {
                            ["type"] = "object",
                            ["x-kubernetes-preserve-unknown-fields"] = true,
                        },
                    },
                    ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
                }),
            },
        };
        await client.ApplyAsync(
            WellKnownKinds.CustomResourceDefinition,
            definition,
            new ApplyOptions { FieldManager = "tests", Force = true },
            CancellationToken.None);
    }

    public static JsonObject Body(ResourceKind kind, ObjectKey key, int size, params string[] finalizers) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = key.Name,
            ["namespace"] = key.Namespace,
            ["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode)name)]),
        },
        ["spec"] = new JsonObject { ["size"] = size },
    };
}
