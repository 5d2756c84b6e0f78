using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>Builds the ApplicationEnvironments of a BackendApp.</summary>
public static class EnvironmentsPlan
{
    /// <summary>Whose the environments are: what the applier tells ours from others' by.</summary>
    public static Ownership OwnershipOf(BackendApp app) => new Ownership(FieldManagers.Operator, OwnLabels(app));

    /// <summary>One object per environment, in the order of the manifest.</summary>
    /// <param name="app">The manifest, whose environments they are.</param>
    /// <param name="resolved">The same with its defaults.</param>
    /// <param name="repository">Where the deployment manifests lie.</param>
    public static IReadOnlyList<DesiredObject> For(BackendApp app, ResolvedApp resolved, DeploymentSource repository) =>
        [.. resolved.Environments.Select(environment => Build(app, resolved, environment, repository))];

    /// <summary>The environments that exist, as the applier prunes by.</summary>
    public static IReadOnlyList<InventoryItem> InventoryOf(IReadOnlyList<KubeObject> environments)
    {
        var kind = ApplicationEnvironment.ResourceKind;
        return [.. environments.Select(live => new InventoryItem(
            kind.Group, kind.Version, kind.Kind, kind.Plural, live.Key.Namespace, live.Key.Name, live.Metadata.Uid, Retain: false))];
    }

    private static DesiredObject Build(BackendApp app, ResolvedApp resolved, ResolvedEnvironment environment, DeploymentSource repository)
    {
        var labels = OwnLabels(app);
        labels[Labels.PartOf] = resolved.Application;
        labels[Labels.Team] = resolved.Team;
        var kind = ApplicationEnvironment.ResourceKind;
        var body = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = environment.ObjectName,
                ["namespace"] = app.Metadata.Namespace,
                ["labels"] = new JsonObject(labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
                ["ownerReferences"] = new JsonArray(OwnerReferenceTo(app)),

                // Born with it: a write less than adding it afterwards, and no moment in which it could vanish without its finalizer.
                ["finalizers"] = new JsonArray(Finalizers.ApplicationEnvironment),
            },
            ["spec"] = ToJson(SpecOf(app.Spec, resolved, environment, repository)),
        };
        return new DesiredObject(kind, body);
    }

    private static ApplicationEnvironmentSpec SpecOf(
        BackendAppSpec app, ResolvedApp resolved, ResolvedEnvironment environment, DeploymentSource repository) => new()
        {
            Application = resolved.Application,
            Stage = environment.Stage,
            Namespace = environment.Identity.Namespace,
            Team = resolved.Team,
            Source = new SourceSpec
            {
                RepoUrl = repository.CloneUrl,
                Path = $"deploy/overlays/{environment.Spec.Name}",
                TargetRevision = repository.Branch,
            },
            Sync = environment.Spec.Sync,
            Host = environment.Spec.Host,
            Workload = EnvironmentWorkload.Of(app, environment.Spec) with
            {
                Image = app.Image is { } image && ImageReference.IsPinned(image) ? image : null,
            },
            Secrets = app.Secrets,
            Database = app.Database,
            Suspend = app.Suspend,
        };

    private static Dictionary<string, string> OwnLabels(BackendApp app) => new(StringComparer.Ordinal)
    {
        [Labels.ManagedBy] = Labels.Manager,
        [Labels.Application] = app.Metadata.Name,
    };

    private static JsonObject OwnerReferenceTo(BackendApp app) => new()
    {
        ["apiVersion"] = BackendApp.ResourceKind.ApiVersion,
        ["kind"] = BackendApp.ResourceKind.Kind,
        ["name"] = app.Metadata.Name,
        ["uid"] = app.Metadata.Uid,
        ["controller"] = true,
    };

    private static JsonObject ToJson(ApplicationEnvironmentSpec spec)
    {
        var json = JsonSerializer.SerializeToNode(spec, EntitiesJson.Default.ApplicationEnvironmentSpec)!.AsObject();
        DropEmpty(json);
        return json;
    }

    // What the manifest does not set must not be claimed by us: another field manager may set it.
    private static void DropEmpty(JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
        {
            if (value is JsonObject child)
            {
                DropEmpty(child);
            }

            if (value is JsonObject { Count: 0 } or JsonArray { Count: 0 })
            {
                json.Remove(name);
            }
        }
    }
}
