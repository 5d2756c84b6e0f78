using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>SchemaHero's objects: how it reaches the database, and one Table per table.</summary>
/// <remarks>https://schemahero.io/docs/managing-tables/</remarks>
internal static class SchemaPlan
{
    /// <summary>The Database and its Tables, or nothing where no table is asked for.</summary>
    public static IReadOnlyList<DesiredObject> Make(Target target) =>
        target.Spec.Database is { Tables: { Count: > 0 } tables }
            ? [Database(target), .. tables.Select(table => Table(target, table))]
            : [];

    private static DesiredObject Database(Target target)
    {
        var body = target.Begin(ChildKinds.Database, target.Names.Database);
        body["spec"] = new JsonObject
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
                            ["secretKeyRef"] = new JsonObject
                            {
                                ["name"] = target.Names.DatabaseSecret,
                                ["key"] = DatabasePlan.AddressKey,
                            },
                        },
                    },
                },
            },
        };
        return new DesiredObject(ChildKinds.Database, body);
    }

    private static DesiredObject Table(Target target, TableSpec table)
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
        var body = target.Begin(ChildKinds.Table, target.Names.TableOf(table.Name));
        body["spec"] = new JsonObject
        {
            ["database"] = target.Names.Database,
            ["name"] = table.Name,
            ["schema"] = new JsonObject { ["postgres"] = schema },
        };
        return new DesiredObject(ChildKinds.Table, body);
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
