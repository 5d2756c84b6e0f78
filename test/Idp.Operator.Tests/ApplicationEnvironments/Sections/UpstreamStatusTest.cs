using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>Reads the status payloads that were collected from the other projects' sources.</summary>
public sealed class UpstreamStatusTest
{
    [TheoryWith(Needs.UpstreamStatuses)]
    [InlineData("argo-application", "progressing", Health.Progressing)]
    [InlineData("argo-application", "healthy", Health.Healthy)]
    [InlineData("argo-application", "degraded", Health.Failed)]
    [InlineData("argo-application", "invalid", Health.Failed)]
    [InlineData("eso-externalsecret", "healthy", Health.Healthy)]
    [InlineData("eso-externalsecret", "degraded", Health.Failed)]
    [InlineData("cnpg-cluster", "progressing", Health.Progressing)]
    [InlineData("cnpg-cluster", "healthy", Health.Healthy)]
    [InlineData("cnpg-cluster", "degraded", Health.Failed)]
    [InlineData("schemahero-migration", "planned", Health.Waiting)]
    [InlineData("schemahero-migration", "approved", Health.Progressing)]
    [InlineData("schemahero-migration", "executed", Health.Healthy)]
    [InlineData("schemahero-migration", "rejected", Health.Failed)]
    internal void PayloadLeadsToItsState(string name, string state, Health expected)
    {
        var entry = JsonNode.Parse(File.ReadAllText(Prerequisites.Statuses))!.AsArray()
            .Single(item => (string?)item!["name"] == name && (string?)item["state"] == state)!;

        StateOf(name, entry["body"]!["status"]!).Health.Should().Be(expected);
    }

    private static ChildState StateOf(string name, JsonNode status) => name switch
    {
        "argo-application" => DeliveryState.Of(Application(status), [("Deployment", "shop")]),
        "eso-externalsecret" => ExternalSecrets.StateOf(Live(ExternalSecrets.ExternalSecret, status, new JsonObject())),
        "cnpg-cluster" => new CloudNativePg().Read([Live(CloudNativePg.Cluster, status, new JsonObject { ["instances"] = 3 })]),
        _ => TableOf(status),
    };

    /// <summary>The payload says what was compared, so that is what was asked for.</summary>
    private static KubeObject Application(JsonNode status)
    {
        var compared = status["sync"]!["comparedTo"];
        return Live(DeliverySection.Application, status, new JsonObject
        {
            ["sources"] = compared?["sources"]?.DeepClone(),
            ["destination"] = compared?["destination"]?.DeepClone(),
            ["syncPolicy"] = new JsonObject { ["automated"] = new JsonObject() },
        });
    }

    private static ChildState TableOf(JsonNode status)
    {
        var table = World.Live(Samples.Plan("full").Objects.First(wanted => wanted.Kind == SchemaSection.Table));
        var now = DateTimeOffset.FromUnixTimeSeconds(1767225720);
        return TableState.Of(table, [World.Migration(table, status.ToJsonString())], now, now);
    }

    private static KubeObject Live(ResourceKind kind, JsonNode status, JsonObject spec) => KubeObject.From(kind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "shop", ["namespace"] = "shop", ["generation"] = 1 },
        ["spec"] = spec,
        ["status"] = status.DeepClone(),
    });
}
