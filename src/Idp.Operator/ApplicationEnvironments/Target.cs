using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>One environment with everything that its manifest leaves open filled in from <c>platform.yaml</c>.</summary>
internal sealed record Target
{
    /// <summary>On what stays when its environment goes; for people, and for a finalizer that lost its inventory.</summary>
    public const string DeletionPolicyAnnotation = "idp.dev/deletion-policy";

    public required ApplicationEnvironment Entity { get; init; }

    public required PlatformSettings Settings { get; init; }

    /// <summary>The owner of the environment, as resolved.</summary>
    public required string Team { get; init; }

    public ApplicationEnvironmentSpec Spec => Entity.Spec;

    public string Application => Spec.Application;

    /// <summary>The namespace that is made.</summary>
    public string Namespace => Entity.TargetNamespace;

    public StageSettings Stage => Settings.Stages[Spec.Stage];

    public SyncMode Sync => Spec.Sync ?? Stage.Sync;

    public ChildNames Names => new(this);

    /// <summary>Whether there is a database of our own making that must outlive the environment.</summary>
    public bool RetainsData => Spec.Database is { DeletionPolicy: DatabaseDeletionPolicy.Retain }
        && Settings.Database.Provider == DatabaseProvider.CloudNativePG;

    /// <summary>What the rules in <c>platform.yaml</c> may speak of.</summary>
    public EnvironmentIdentity Place => new()
    {
        Application = Application,
        Environment = Entity.Metadata.Name.StartsWith(Application + "-", StringComparison.Ordinal)
            ? Entity.Metadata.Name[(Application.Length + 1)..]
            : Entity.Metadata.Name,
        Namespace = Namespace,
        Team = Team,
    };

    private JsonObject AllLabels => new()
    {
        [Labels.ManagedBy] = Labels.Manager,
        [Labels.PartOf] = Application,
        [Labels.Application] = Application,
        [Labels.Environment] = Entity.Metadata.Name,
        [Labels.EnvironmentNamespace] = Entity.Metadata.Namespace,
        [Labels.Team] = Team,
        [Labels.Stage] = Spec.Stage.ToString(),
    };

    /// <summary>What makes a live object ours: it survives a restored cluster and a new team, unlike a uid or a team's label.</summary>
    public static Ownership OwnershipOf(ApplicationEnvironment entity) => new(FieldManagers.Operator, new Dictionary<string, string>
    {
        [Labels.Environment] = entity.Metadata.Name,
        [Labels.EnvironmentNamespace] = entity.Metadata.Namespace ?? "",
    });

    /// <summary>Begins an object of ours: its kind, name and labels.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name.</param>
    /// <param name="namespace">The namespace; the environment's own by default, none for a cluster-scoped kind.</param>
    public JsonObject Begin(ResourceKind kind, string name, string? @namespace = null)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (kind.Namespaced)
        {
            metadata["namespace"] = @namespace ?? Namespace;
        }

        metadata["labels"] = AllLabels;
        return new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = metadata,
        };
    }
}
