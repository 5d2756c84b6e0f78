using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>Reads the status payloads that were collected from the other projects' sources.</summary>
public sealed class UpstreamStatusTest
{
    [TheoryWith(Needs.UpstreamStatuses)]
    [InlineData("argo-application", "progressing", Outlook.Progressing)]
    [InlineData("argo-application", "healthy", Outlook.Settled)]
    [InlineData("argo-application", "degraded", Outlook.Failed)]
    [InlineData("argo-application", "invalid", Outlook.Failed)]
    [InlineData("eso-externalsecret", "healthy", Outlook.Settled)]
    [InlineData("eso-externalsecret", "degraded", Outlook.Failed)]
    [InlineData("cnpg-cluster", "progressing", Outlook.Progressing)]
    [InlineData("cnpg-cluster", "healthy", Outlook.Settled)]
    [InlineData("cnpg-cluster", "degraded", Outlook.Failed)]
    [InlineData("schemahero-migration", "planned", Outlook.Waiting)]
    [InlineData("schemahero-migration", "approved", Outlook.Progressing)]
    [InlineData("schemahero-migration", "executed", Outlook.Settled)]
    [InlineData("schemahero-migration", "rejected", Outlook.Failed)]
    internal void PayloadLeadsToItsState(string name, string state, Outlook outlook)
    {
        var entry = JsonNode.Parse(File.ReadAllText(Prerequisites.Statuses))!.AsArray()
            .Single(item => (string?)item!["name"] == name && (string?)item["state"] == state)!;

        StateOf(name, entry["body"]!["status"]!).Outlook.Should().Be(outlook);
    }

    private static ChildState StateOf(string name, JsonNode status) => name switch
    {
        "argo-application" => DeliveryState.Of(Application(status), [("Deployment", "shop")]),
        "eso-externalsecret" => SecretState.Of(Live(ChildKinds.ExternalSecret, status, new JsonObject())),
        "cnpg-cluster" => ClusterState.Of(Live(ChildKinds.Cluster, status, new JsonObject { ["instances"] = 3 })),
        _ => TableOf(status),
    };

    /// <summary>The payload says what was compared, so that is what was asked for.</summary>
    private static KubeObject Application(JsonNode status)
    {
        var compared = status["sync"]!["comparedTo"];
        return Live(ChildKinds.Application, status, new JsonObject
        {
            ["sources"] = compared?["sources"]?.DeepClone(),
            ["destination"] = compared?["destination"]?.DeepClone(),
            ["syncPolicy"] = new JsonObject { ["automated"] = new JsonObject() },
        });
    }

    private static ChildState TableOf(JsonNode status)
    {
        var table = World.Live(Samples.Plan("full").Objects.First(wanted => wanted.Kind == ChildKinds.Table));
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
