using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.ExternalSecrets;

namespace Idp.Sandbox.StandIns.SchemaHero;

/// <summary>What SchemaHero makes of Databases, Tables and Migrations: it plans and executes, but there is no DDL.</summary>
/// <remarks>
/// Names, phases and times as in SchemaHero 0.25: unix seconds, <c>approvedAt</c> at birth where the Database says
/// <c>immediateDeploy</c>. https://schemahero.io/docs/concepts/migrations/
/// </remarks>
/// <param name="recordsPlannedSha">
/// Whether <c>lastPlannedTableSpecSHA</c> is set: not in 0.25.0, whose Table has no status subresource although its
/// controller writes to it; in later versions, yes.
/// </param>
internal sealed class SchemaHeroReactor(bool recordsPlannedSha = false) : IReactor
{
    public string Name => "schemahero stand-in";

    public string FieldManager => "schemahero";

    public IReadOnlyList<ResourceKind> Subjects { get; } =
        [ForeignKinds.Database, ForeignKinds.Table, ForeignKinds.Migration];

    public IReadOnlyList<ResourceKind> Surroundings { get; } = [ForeignKinds.StatefulSet];

    public Reaction React(KubeObject subject, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(moment);
        if (subject.Metadata.IsDeleting || moment.FaultOf(subject) is not null)
        {
            return Reaction.None; // A failing SchemaHero only logs.
        }

        return subject.Kind switch
        {
            var kind when kind == ForeignKinds.Database => RunController(subject),
            var kind when kind == ForeignKinds.Table => Plan(subject, moment),
            _ => Execute(subject, moment),
        };
    }

    private static Reaction RunController(KubeObject database) => new()
    {
        Makes = [new MadeObject(ForeignKinds.StatefulSet, DatabaseController.Of(database))],
    };

    private Reaction Plan(KubeObject table, Moment moment)
    {
        var body = table.ToJson();
        var database = moment.Find(
            ForeignKinds.Database, table.Key with { Name = body.TextAt("spec", "database") ?? "" });
        if (database is null || !IsRunning(database, moment))
        {
            return Reaction.None;
        }

        var sha = SpecHash.Of(body["spec"]);
        var key = table.Key with { Name = sha[..7] };
        var migration = moment.Find(ForeignKinds.Migration, key)?.ToJson();
        var planned = migration.At("status", "phase") is not null
            || (migration is null && body.TextAt("status", "lastPlannedTableSpecSHA") == sha);
        return new Reaction
        {
            Status = recordsPlannedSha ? new JsonObject { ["lastPlannedTableSpecSHA"] = sha } : null,
            Makes = planned ? [] : [Migration(table, body, key, Planned(database, moment))],
        };
    }

    private static bool IsRunning(KubeObject database, Moment moment)
    {
        var controller = moment.Find(
            ForeignKinds.StatefulSet, database.Key with { Name = DatabaseController.NameFor(database) });
        return controller?.ToJson().NumberAt(0, "status", "readyReplicas") > 0;
    }

    private static JsonObject Planned(KubeObject database, Moment moment)
    {
        var now = moment.Now.ToUnixTimeSeconds();
        var status = new JsonObject { ["phase"] = "PLANNED", ["plannedAt"] = now };
        if (database.ToJson().FlagAt(false, "spec", "immediateDeploy"))
        {
            status["approvedAt"] = now;
        }

        return status;
    }

    private static MadeObject Migration(KubeObject table, JsonObject body, ObjectKey key, JsonObject status)
    {
        var name = body.TextAt("spec", "name") ?? table.Key.Name;
        var migration = new JsonObject
        {
            ["apiVersion"] = ForeignKinds.Migration.ApiVersion,
            ["kind"] = ForeignKinds.Migration.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = key.Name,
                ["namespace"] = key.Namespace,
                ["ownerReferences"] = new JsonArray(TargetSecret.OwnerReferenceTo(table)),
            },
            ["spec"] = new JsonObject
            {
                ["databaseName"] = body.TextAt("spec", "database"),
                ["tableName"] = name,
                ["tableNamespace"] = key.Namespace,
                ["generatedDDL"] = $"-- schemahero stand-in: the statements for table \"{name}\" would stand here",
            },
        };
        return new MadeObject(ForeignKinds.Migration, migration, status);
    }

    private static Reaction Execute(KubeObject migration, Moment moment)
    {
        var status = migration.ToJson()["status"] as JsonObject;
        var approvedAt = status.NumberAt(0, "approvedAt");
        if (status is null || approvedAt == 0 || status.NumberAt(0, "executedAt") > 0)
        {
            return Reaction.None;
        }

        var left = moment.Left(DateTimeOffset.FromUnixTimeSeconds(approvedAt));
        if (left > TimeSpan.Zero)
        {
            return new Reaction { LookAgain = left };
        }

        var executed = status.DeepClone().AsObject();
        executed["phase"] = "EXECUTED";
        executed["executedAt"] = moment.Now.ToUnixTimeSeconds();
        return new Reaction { Status = executed };
    }
}
