namespace Idp.Entities;

/// <summary>What a database may not be; names and types end up in DDL.</summary>
internal static class DatabaseRules
{
    private const string Tables = "spec.database.tables";

    public static void Check(FieldErrors errors, DatabaseSpec? database)
    {
        if (database is null)
        {
            return;
        }

        errors.Known("spec.database.type", (DatabaseType?)database.Type);
        errors.Known("spec.database.deletionPolicy", (DatabaseDeletionPolicy?)database.DeletionPolicy);
        errors.Text("spec.database.version", database.Version, Spellings.PostgreSqlVersion);
        errors.Text("spec.database.storage", database.Storage, Spellings.PositiveQuantity);
        errors.Each(Tables, database.Tables, 40, (path, table) => Table(errors, path, table));
        errors.Unique(Tables, database.Tables, ".name", table => table.Name);
        IndexNames(errors, database.Tables);
    }

    private static void Table(FieldErrors errors, string path, TableSpec table)
    {
        errors.Text($"{path}.name", table.Name, Spellings.SqlName);
        errors.When(table.Columns.Count == 0, $"{path}.columns", "must have at least one column");
        errors.Each($"{path}.columns", table.Columns, 100, (at, column) =>
        {
            errors.Text($"{at}.name", column.Name, Spellings.SqlName);
            errors.Text($"{at}.type", column.Type, Spellings.SqlType);
        });
        errors.Unique($"{path}.columns", table.Columns, ".name", column => column.Name);
        var columns = table.Columns.Select(column => column?.Name).ToHashSet(StringComparer.Ordinal);
        Columns(errors, $"{path}.primaryKey", table.PrimaryKey, 8, columns);
        errors.Each($"{path}.indexes", table.Indexes, 10, (at, index) =>
        {
            errors.Text($"{at}.name", index.Name, Spellings.SqlName);
            errors.When(index.Columns.Count == 0, $"{at}.columns", "must have at least one column");
            Columns(errors, $"{at}.columns", index.Columns, 6, columns);
        });
        errors.Unique($"{path}.indexes", table.Indexes, ".name", index => index.Name);
    }

    private static void Columns(FieldErrors errors, string path, IReadOnlyList<string> names, int max, HashSet<string?> columns)
    {
        errors.Each(path, names, max, (at, name) =>
        {
            errors.Text(at, name, Spellings.SqlName);
            errors.When(!columns.Contains(name), at, "names a column that the table does not have");
        });
        errors.Unique(path, names, "", name => name);
    }

    // In PostgreSQL the indexes of all tables share one space of names.
    private static void IndexNames(FieldErrors errors, IReadOnlyList<TableSpec> tables)
    {
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < tables.Count; i++)
        {
            foreach (var name in (tables[i]?.Indexes ?? []).Select(index => index?.Name).OfType<string>().Distinct())
            {
                errors.When(!owners.TryAdd(name, i), $"{Tables}[{i}].indexes", "names an index that another table has too");
            }
        }
    }
}
