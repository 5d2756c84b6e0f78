using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.ExternalSecrets;

namespace Idp.Sandbox.StandIns.SchemaHero;

/// <summary>The StatefulSet that SchemaHero runs beside each Database; its pod plans and executes migrations.</summary>
internal static class DatabaseController
{
    /// <summary>Its name.</summary>
    public static string NameFor(KubeObject database) => $"{database.Key.Name}-controller";

    /// <summary>The whole StatefulSet; it refers to the Secrets that the connection refers to.</summary>
    public static JsonObject Of(KubeObject database)
    {
        var name = NameFor(database);
        var labels = new JsonObject { ["control-plane"] = "schemahero", ["database"] = database.Key.Name };
        return new JsonObject
        {
            ["apiVersion"] = ForeignKinds.StatefulSet.ApiVersion,
            ["kind"] = ForeignKinds.StatefulSet.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = database.Key.Namespace,
                ["ownerReferences"] = new JsonArray(TargetSecret.OwnerReferenceTo(database)),
            },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 1,
                ["serviceName"] = name,
                ["selector"] = new JsonObject { ["matchLabels"] = labels },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() },
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(Container(database)) },
                },
            },
        };
    }

    private static JsonObject Container(KubeObject database)
    {
        var variables = database.ToJson().MembersAt("spec", "connection", "postgres")
            .Where(field => field.Value.At("valueFrom", "secretKeyRef") is not null)
            .Select(field => (JsonNode)new JsonObject
            {
                ["name"] = field.Key.ToUpperInvariant(),
                ["valueFrom"] = field.Value.At("valueFrom")!.DeepClone(),
            });
        return new JsonObject
        {
            ["name"] = "manager",
            ["image"] = "schemahero/schemahero-manager:0.25.0",
            ["env"] = variables.ToJsonArray(),
        };
    }
}
