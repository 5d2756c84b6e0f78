using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What provides the database: a CloudNativePG Cluster, or the Secret that leads to somebody else's.</summary>
internal static class DatabasePlan
{
    /// <summary>The key of the address in the database's Secret, as CloudNativePG has it.</summary>
    public const string AddressKey = "uri";

    private const string Image = "ghcr.io/cloudnative-pg/postgresql";

    // Names that PostgreSQL or CloudNativePG keep for themselves.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "postgres", "template0", "template1", "streaming_replica", "cnpg_pooler_pgbouncer", "public",
    };

    /// <summary>One object, or nothing where no database is asked for.</summary>
    public static IReadOnlyList<DesiredObject> Make(Target target) => target switch
    {
        { Spec.Database: null } => [],
        { Settings.Database.Provider: DatabaseProvider.CloudNativePG } => [Cluster(target, target.Spec.Database)],
        _ => [External(target)],
    };

    /// <summary>The key of the secret store that holds the address of an external database.</summary>
    public static string RemoteKeyOf(Target target) => target.Place.Fill(target.Settings.Database.External.RemoteKey);

    /// <summary>The name of the database, and of the role that owns it.</summary>
    public static string IdentifierOf(string application)
    {
        var identifier = application.Replace('-', '_');
        return Reserved.Contains(identifier) || identifier.StartsWith("pg_", StringComparison.Ordinal)
            ? $"app_{identifier}"
            : identifier;
    }

    /// <summary>Says only what is ours to say: a webhook fills in the rest.</summary>
    private static DesiredObject Cluster(Target target, DatabaseSpec database)
    {
        var settings = target.Settings.Database;
        var storage = new JsonObject { ["size"] = Quantity.Canonical(database.Storage ?? settings.Storage) };
        if (settings.StorageClass.Length > 0)
        {
            storage["storageClass"] = settings.StorageClass;
        }

        var body = target.Begin(ChildKinds.Cluster, target.Names.Database);
        var retain = database.DeletionPolicy == DatabaseDeletionPolicy.Retain;
        body["metadata"]!["annotations"] = new JsonObject
        {
            [Target.DeletionPolicyAnnotation] = database.DeletionPolicy.ToString(),
        };
        var identifier = IdentifierOf(target.Application);
        body["spec"] = new JsonObject
        {
            ["instances"] = target.Stage.DatabaseInstances,
            ["imageName"] = $"{Image}:{database.Version ?? settings.Version}",
            ["storage"] = storage,
            ["bootstrap"] = new JsonObject
            {
                ["initdb"] = new JsonObject { ["database"] = identifier, ["owner"] = identifier },
            },
        };
        return new DesiredObject(ChildKinds.Cluster, body) { Retain = retain };
    }

    private static DesiredObject External(Target target) => SecretsPlan.Make(
        target,
        target.Names.Database,
        [
            new SecretVariable
            {
                Name = AddressKey,
                RemoteRef = new RemoteReference
                {
                    Key = RemoteKeyOf(target),
                    Property = target.Settings.Database.External.Property,
                },
            },
        ]);
}
