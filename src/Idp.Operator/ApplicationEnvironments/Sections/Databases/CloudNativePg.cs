using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>A Cluster of the CloudNativePG operator, in the environment's own namespace.</summary>
/// <remarks>https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#cluster</remarks>
internal sealed class CloudNativePg : IDatabaseProvider
{
    public static readonly ResourceKind Cluster = new("postgresql.cnpg.io", "v1", "Cluster", "clusters");

    private const string Image = "ghcr.io/cloudnative-pg/postgresql";
    private const string Healthy = "Cluster in healthy state";
    private const string AwaitsPerson = "Waiting for user action";

    // Names that PostgreSQL or CloudNativePG keep for themselves.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "postgres", "template0", "template1", "streaming_replica", "cnpg_pooler_pgbouncer", "public",
    };

    // A phase is a sentence: https://github.com/cloudnative-pg/cloudnative-pg/blob/main/api/v1/cluster_types.go
    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "Cluster is unrecoverable and needs manual intervention",
        "Invalid cluster definition",
        "Unable to create required cluster objects",
        "Cluster has incomplete or invalid image catalog",
        "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
        "Cluster cannot proceed to reconciliation due to an error while interacting with plugins",
        "Cluster cannot execute instance online upgrade due to missing architecture binary",
    };

    /// <inheritdoc/>
    public IReadOnlyList<ChildKind> Kinds { get; } = [new(Cluster, DeletionRank.Data) { Provider = "CloudNativePG" }];

    /// <summary>Says only what is ours to say: a webhook fills in the rest.</summary>
    public IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment, DatabaseSpec database)
    {
        var settings = environment.Settings.Database;
        var storage = new JsonObject { ["size"] = Quantity.Canonical(database.Storage ?? settings.Storage) };
        if (settings.StorageClass.Length > 0)
        {
            storage["storageClass"] = settings.StorageClass;
        }

        var identifier = IdentifierOf(environment.Application);
        return
        [
            environment.Object(Cluster, environment.Names.Database, new JsonObject
            {
                ["instances"] = environment.Stage.DatabaseInstances,
                ["imageName"] = $"{Image}:{database.Version ?? settings.Version}",
                ["storage"] = storage,
                ["bootstrap"] = new JsonObject
                {
                    ["initdb"] = new JsonObject { ["database"] = identifier, ["owner"] = identifier },
                },
            }),
        ];
    }

    /// <inheritdoc/>
    public ChildState Read(IReadOnlyList<KubeObject> live)
    {
        var (key, cluster) = (live[0].Key, new LenientJson(live[0].ToJson()));
        var status = cluster["status"];
        var (phase, why) = (status["phase"].Text, status["phaseReason"].Text);
        var (ready, wanted) = (status["readyInstances"].Number, cluster["spec"]["instances"].Number);
        var said = phase.Length == 0
            ? "the CloudNativePG operator has not looked at it yet"
            : why.Length == 0 ? phase : $"{phase}: {why}";
        var message = $"Cluster {key}: {said} ({ready} of {wanted} instances ready).";
        if (Failures.Contains(phase))
        {
            return ChildState.Failed(Reasons.Failed, $"{message} Look at kubectl describe {Cluster.Plural}.{Cluster.Group}.");
        }

        if (phase == AwaitsPerson)
        {
            return ChildState.Waiting(Reasons.DependencyNotReady, message);
        }

        var isReady = status["conditions"].Condition("Ready")["status"].Text == "True";
        return phase == Healthy && isReady && ready >= wanted
            ? ChildState.Ready(Reasons.Succeeded, message)
            : ChildState.Progressing(Reasons.Progressing, message);
    }

    /// <inheritdoc/>
    public SecretKey AddressOf(EffectiveEnvironment environment) => new($"{environment.Names.Database}-app", "uri");

    /// <summary>The name of the database, and of the role that owns it.</summary>
    public static string IdentifierOf(string application)
    {
        var identifier = application.Replace('-', '_');
        return Reserved.Contains(identifier) || identifier.StartsWith("pg_", StringComparison.Ordinal)
            ? $"app_{identifier}"
            : identifier;
    }
}
