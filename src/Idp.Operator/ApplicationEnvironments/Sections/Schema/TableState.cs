using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Reads a SchemaHero Table by the Migrations that were planned for it.</summary>
/// <remarks>
/// SchemaHero says nothing about failures: a plan or a statement that fails is only in its log, so what does not come
/// in time counts as failed. https://schemahero.io/docs/managing-tables/
/// </remarks>
internal static class TableState
{
    /// <summary>How long a plan, or its execution, may take before it counts as failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The state of one Table.</summary>
    /// <param name="table">The live Table.</param>
    /// <param name="migrations">The Migrations of its namespace.</param>
    /// <param name="waiting">Since when SchemaHero could have planned it: since its database is ready.</param>
    /// <param name="now">The present moment.</param>
    public static ChildState Of(
        KubeObject table, IReadOnlyList<KubeObject> migrations, DateTimeOffset waiting, DateTimeOffset now)
    {
        var changed = ChangedAt(table);
        var live = new LenientJson(table.ToJson());
        var hash = TableHash.Of(live["spec"].Node);
        var own = migrations.Where(migration => IsOf(migration, table)).ToList();
        var current = own.Find(migration => migration.Key.Name == hash[..7])
            ?? own.Where(migration => PlannedAt(migration) >= changed).MaxBy(PlannedAt);
        if (current is not null)
        {
            return StateOf(table, current, now);
        }

        if (live["status"]["lastPlannedTableSpecSHA"].Text == hash)
        {
            return ChildState.Ready(Reasons.Succeeded, $"Table {table.Key} needs no migration.");
        }

        var message = $"Table {table.Key}: SchemaHero has not planned it";
        var since = changed > waiting ? changed : waiting;
        return now - since < Patience
            ? ChildState.Progressing(Reasons.Progressing, $"{message} yet.")
            : ChildState.Failed(Reasons.MigrationFailed, $"{message} since {since:u}. {LookAt(live)}");
    }

    private static ChildState StateOf(KubeObject table, KubeObject migration, DateTimeOffset now)
    {
        var status = new LenientJson(migration.ToJson())["status"];
        var message = $"Table {table.Key}: Migration {migration.Key.Name}";
        if (status["executedAt"].Number > 0)
        {
            return ChildState.Ready(Reasons.Succeeded, $"{message} has been executed.");
        }

        var approved = status["approvedAt"].Number;
        if (approved > 0)
        {
            return now - DateTimeOffset.FromUnixTimeSeconds(approved) < Patience
                ? ChildState.Progressing(Reasons.Progressing, $"{message} is being executed.")
                : ChildState.Failed(
                    Reasons.MigrationFailed,
                    $"{message} was approved and has not been executed. {LookAt(new LenientJson(table.ToJson()))}");
        }

        return status["phase"].Text switch
        {
            "INVALID" => ChildState.Failed(Reasons.MigrationFailed, $"{message} is outdated: delete it and SchemaHero plans anew."),
            "REJECTED" => ChildState.Failed(Reasons.MigrationFailed, $"{message} was rejected: change the table or approve it."),
            _ => ChildState.Waiting(
                Reasons.MigrationPendingApproval,
                $"{message} waits for approval: kubectl schemahero -n {table.Key.Namespace} approve migration {migration.Key.Name}."),
        };
    }

    private static bool IsOf(KubeObject migration, KubeObject table) =>
        migration.Metadata.OwnerReferences.Any(owner => owner.Kind == "Table" && owner.Uid == table.Metadata.Uid)
        || (migration.Metadata.OwnerReferences.Count == 0
            && new LenientJson(migration.ToJson())["spec"]["tableName"].Text == table.Key.Name);

    private static DateTimeOffset PlannedAt(KubeObject migration)
    {
        var planned = new LenientJson(migration.ToJson())["status"]["plannedAt"].Number;
        var created = migration.Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;

        // The field's own description says nanoseconds; SchemaHero writes seconds.
        return planned is > 0 and < 100_000_000_000 && DateTimeOffset.FromUnixTimeSeconds(planned) is var time && time > created
            ? time
            : created;
    }

    /// <summary>When we wrote the table last; earlier Migrations may be about an older wording.</summary>
    private static DateTimeOffset ChangedAt(KubeObject table) => table.ManagedFields
        .Where(entry => entry.Manager == FieldManagers.Operator)
        .Max(entry => entry.Time) ?? table.Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;

    private static string LookAt(LenientJson table) =>
        $"Look at the log of StatefulSet {table["spec"]["database"].Text}-controller.";
}
