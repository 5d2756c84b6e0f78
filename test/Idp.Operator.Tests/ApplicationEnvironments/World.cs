using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>A world in which everything that a plan wants is there, as its controllers would leave it.</summary>
internal static class World
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>All objects of the plan, healthy; changed before they are observed.</summary>
    public static Observation Healthy(ApplicationEnvironmentPlan plan, Action<KubeObject, JsonObject>? change = null)
    {
        var owned = plan.Objects.Select(wanted => Live(wanted, change)).ToList();
        var migrations = owned.Where(live => live.Kind == SchemaSection.Table).Select(table => Migration(table));
        return new Observation { Owned = owned, Observed = [.. migrations] };
    }

    /// <summary>The Migration of a Table's present wording, executed unless the status says otherwise.</summary>
    public static KubeObject Migration(KubeObject table, string status = """{"phase":"EXECUTED","executedAt":1767268740}""")
    {
        var spec = table.ToJson()["spec"];
        return KubeObject.From(SchemaSection.Migration, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = TableHash.Of(spec)[..7],
                ["namespace"] = table.Key.Namespace,
                ["creationTimestamp"] = Text(Now.AddMinutes(-1)),
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = table.Kind.ApiVersion,
                    ["kind"] = "Table",
                    ["name"] = table.Key.Name,
                    ["uid"] = table.Metadata.Uid,
                }),
            },
            ["spec"] = new JsonObject { ["tableName"] = table.Key.Name, ["tableNamespace"] = table.Key.Namespace },
            ["status"] = JsonNode.Parse(status),
        });
    }

    public static ApplicationEnvironmentStatus StatusOf(
        ApplicationEnvironmentPlan plan, Observation world, ApplyReport? report = null, DateTimeOffset? now = null) =>
        ApplicationEnvironmentVerdict.Of(plan, world, report, now ?? Now);

    public static Condition Find(this ApplicationEnvironmentStatus status, string type) =>
        status.Conditions.Single(condition => condition.Type == type);

    public static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", null);

    public static KubeObject Live(DesiredObject wanted, Action<KubeObject, JsonObject>? change = null)
    {
        var json = wanted.Body.DeepClone().AsObject();
        var metadata = json["metadata"]!;
        metadata["uid"] = $"uid-of-{wanted.Kind.Kind}-{wanted.Key.Name}";
        metadata["generation"] = 2;
        metadata["creationTimestamp"] = Text(Now.AddHours(-1));
        metadata["managedFields"] = new JsonArray(new JsonObject
        {
            ["manager"] = FieldManagers.Operator,
            ["operation"] = "Apply",
            ["time"] = Text(Now.AddMinutes(-2)),
        });
        if (StatusOf(wanted) is { } status)
        {
            json["status"] = status;
        }

        change?.Invoke(KubeObject.From(wanted.Kind, json), json);
        return KubeObject.From(wanted.Kind, json);
    }

    private static JsonNode? StatusOf(DesiredObject wanted) => wanted.Kind.Kind switch
    {
        "ExternalSecret" => JsonNode.Parse(
            """{"conditions":[{"type":"Ready","status":"True","reason":"SecretSynced","message":"secret synced"}],"syncedResourceVersion":"2-abc"}"""),
        "Cluster" => JsonNode.Parse(
            """{"phase":"Cluster in healthy state","readyInstances":3,"conditions":[{"type":"Ready","status":"True","reason":"ClusterIsReady","message":"Cluster is Ready","lastTransitionTime":"2026-01-01T11:00:00Z"}]}"""),
        "Application" => Deployed(wanted.Body),
        _ => null,
    };

    private static JsonObject Deployed(JsonObject application)
    {
        var name = (string?)application["metadata"]!["labels"]![Labels.Application];
        return new JsonObject
        {
            ["sync"] = new JsonObject
            {
                ["status"] = "Synced",
                ["revision"] = "0a1b2c3d",
                ["comparedTo"] = new JsonObject
                {
                    ["source"] = application["spec"]!["source"]!.DeepClone(),
                    ["destination"] = application["spec"]!["destination"]!.DeepClone(),
                },
            },
            ["health"] = new JsonObject { ["status"] = "Healthy" },
            ["operationState"] = new JsonObject
            {
                ["phase"] = "Succeeded",
                ["operation"] = new JsonObject { ["sync"] = new JsonObject() },
                ["startedAt"] = Text(Now),
            },
            ["resources"] = new JsonArray(
                new JsonObject { ["group"] = "apps", ["kind"] = "Deployment", ["name"] = name },
                new JsonObject { ["kind"] = "Service", ["name"] = name },
                new JsonObject { ["group"] = "networking.k8s.io", ["kind"] = "Ingress", ["name"] = name }),
        };
    }
}
