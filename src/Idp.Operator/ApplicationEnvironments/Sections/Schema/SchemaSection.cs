using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>SchemaHero's objects: how it reaches the database, and one Table per table.</summary>
/// <remarks>https://schemahero.io/docs/managing-tables/</remarks>
internal sealed class SchemaSection : Section
{
    /// <summary>https://schemahero.io/docs/databases/connecting/</summary>
    public static readonly ResourceKind Database = new("databases.schemahero.io", "v1alpha4", "Database", "databases");

    /// <summary>https://schemahero.io/docs/managing-tables/</summary>
    public static readonly ResourceKind Table = new("schemas.schemahero.io", "v1alpha4", "Table", "tables");

    /// <summary>Made by SchemaHero for each change of a table.</summary>
    public static readonly ResourceKind Migration = new("schemas.schemahero.io", "v1alpha4", "Migration", "migrations");

    private const string SchemaHero = "SchemaHero";

    /// <inheritdoc/>
    public override string Condition => Conditions.SchemaReady;

    /// <inheritdoc/>
    public override IReadOnlyList<ChildKind> Kinds { get; } =
    [
        new(Database, DeletionRank.Schema) { Provider = SchemaHero },
        new(Table, DeletionRank.Schema) { Provider = SchemaHero },
        new(Migration) { Provider = SchemaHero, Role = ChildRole.Observed },
    ];

    /// <summary>The Database and its Tables, or nothing where no table is asked for.</summary>
    public override IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment) =>
        environment.Spec.Database is { Tables: { Count: > 0 } tables }
            ? [Connection(environment), .. tables.Select(table => Make(environment, table))]
            : [];

    /// <summary>The worst of the tables; a Database says nothing of itself.</summary>
    public override ChildState Read(IReadOnlyList<KubeObject> live, SectionInput seen)
    {
        var waiting = DatabaseSection.ReadySince(seen);
        var migrations = seen.World.Observed.Where(other => other.Kind == Migration).ToList();
        var tables = live.Where(item => item.Kind == Table).ToList();
        var worst = ChildState.Worst(tables.Select(table => TableState.Of(table, migrations, waiting, seen.Now)));
        return worst.Health == Health.Healthy
            ? ChildState.Ready(Reasons.Succeeded, $"{tables.Count} of {tables.Count} tables are as the manifest says.")
            : worst;
    }

    /// <summary>A schema cannot come before its database, so until then it is the database that people should look at.</summary>
    public override ChildState Given(ChildState state, IReadOnlyDictionary<string, ChildState> earlier) =>
        state.Status != ConditionStatus.True
        && state.Reason is not (Reasons.ResourceConflict or Reasons.DependencyMissing)
        && earlier[Conditions.DatabaseReady].Status != ConditionStatus.True
            ? ChildState.Progressing(Reasons.DependencyNotReady, "The tables wait for the database, see DatabaseReady.")
            : state;

    private static DesiredObject Connection(EffectiveEnvironment environment)
    {
        var address = environment.DatabaseProvider.AddressOf(environment);
        return environment.Object(Database, environment.Names.Database, new JsonObject
        {
            // Migrations run as soon as they are planned: approval comes with a later version.
            ["immediateDeploy"] = true,
            ["connection"] = new JsonObject
            {
                // Not "postgresql": that one is dropped in silence.
                ["postgres"] = new JsonObject
                {
                    ["uri"] = new JsonObject
                    {
                        ["valueFrom"] = new JsonObject
                        {
                            ["secretKeyRef"] = new JsonObject { ["name"] = address.Secret, ["key"] = address.Key },
                        },
                    },
                },
            },
        });
    }

    private static DesiredObject Make(EffectiveEnvironment environment, TableSpec table)
    {
        var schema = new JsonObject();
        if (table.PrimaryKey.Count > 0)
        {
            schema["primaryKey"] = Texts(table.PrimaryKey);
        }

        if (table.Indexes.Count > 0)
        {
            schema["indexes"] = new JsonArray([.. table.Indexes.Select(Index)]);
        }

        schema["columns"] = new JsonArray([.. table.Columns.Select(Column)]);
        return environment.Object(Table, environment.Names.TableOf(table.Name), new JsonObject
        {
            ["database"] = environment.Names.Database,
            ["name"] = table.Name,
            ["schema"] = new JsonObject { ["postgres"] = schema },
        });
    }

    private static JsonObject Index(IndexSpec index)
    {
        var body = new JsonObject { ["columns"] = Texts(index.Columns), ["name"] = index.Name };
        if (index.Unique)
        {
            body["isUnique"] = true;
        }

        return body;
    }

    private static JsonObject Column(ColumnSpec column)
    {
        var body = new JsonObject { ["name"] = column.Name, ["type"] = column.Type };
        if (column.NotNull)
        {
            body["constraints"] = new JsonObject { ["notNull"] = true };
        }

        return body;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
