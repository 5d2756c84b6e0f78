using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;

namespace Idp.Bench.World;

/// <summary>Says in the place of Argo CD and External Secrets that all is well.</summary>
internal static class Outcome
{
    private static readonly string[] Deployed = ["Deployment", "Service", "Ingress"];
    private static readonly ApplyOptions Options = new() { FieldManager = "bench", Force = true };

    /// <summary>Lets both objects of an application that wait for somebody else be ready.</summary>
    public static async Task SucceedAsync(KubeClient client, int number, CancellationToken cancellationToken)
    {
        var place = BenchWorld.NamespaceOf(number);
        var secret = new ObjectKey(place, $"{BenchWorld.AppKey(number).Name}-secrets");
        await SucceedAsync(client, await client.GetAsync(ForeignKinds.ExternalSecret, secret, cancellationToken), cancellationToken);
        await SucceedAsync(client, await client.GetAsync(ForeignKinds.Application, new ObjectKey("argocd", place), cancellationToken), cancellationToken);
    }

    /// <summary>Lets one object be ready, as its controller would say it.</summary>
    public static Task SucceedAsync(KubeClient client, KubeObject live, CancellationToken cancellationToken)
    {
        var isSecret = live.Kind == ForeignKinds.ExternalSecret;
        var body = new JsonObject
        {
            ["apiVersion"] = live.Kind.ApiVersion,
            ["kind"] = live.Kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = live.Key.Name, ["namespace"] = live.Key.Namespace },
            ["status"] = isSecret ? Synced(live) : Healthy(live),
        };
        return client.ApplyAsync(live.Kind, body, isSecret ? Options with { Subresource = "status" } : Options, cancellationToken);
    }

    private static JsonObject Synced(KubeObject secret) => new()
    {
        ["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = "True",
            ["reason"] = "SecretSynced",
            ["message"] = "secret synced",
            ["lastTransitionTime"] = "2026-01-01T00:00:00Z",
        }),
        ["syncedResourceVersion"] = $"{secret.Metadata.Generation}-0",
    };

    private static JsonObject Healthy(KubeObject application)
    {
        var spec = application.ToJson()["spec"]!;
        var app = application.Metadata.Labels["app.kubernetes.io/part-of"];
        var compared = new JsonObject { ["source"] = spec["source"]!.DeepClone(), ["destination"] = spec["destination"]!.DeepClone() };
        return new JsonObject
        {
            ["sync"] = new JsonObject { ["status"] = "Synced", ["revision"] = new string('a', 40), ["comparedTo"] = compared },
            ["health"] = new JsonObject { ["status"] = "Healthy" },
            ["resources"] = new JsonArray([.. Deployed.Select(kind => new JsonObject
            {
                ["kind"] = kind,
                ["name"] = app,
                ["status"] = "Synced",
                ["version"] = "v1",
            })]),
        };
    }
}
