namespace Idp.Entities;

/// <summary>What a database may not be and no attribute of a single field can forbid: its tables know one another's names.</summary>
internal static class DatabaseRules
{
    private const string Tables = "spec.database.tables";

    public static void Check(FieldErrors errors, DatabaseSpec? database)
    {
        // In PostgreSQL the indexes of all tables share one space of names.
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (i, table) in (database?.Tables ?? []).Index().Where(entry => entry.Item is not null))
        {
            Columns(errors, $"{Tables}[{i}].primaryKey", table.PrimaryKey, table);
            foreach (var (j, index) in table.Indexes.Index().Where(entry => entry.Item is not null))
            {
                Columns(errors, $"{Tables}[{i}].indexes[{j}].columns", index.Columns, table);
                errors.When(
                    !owners.TryAdd(index.Name, i) && owners[index.Name] != i, $"{Tables}[{i}].indexes", "names an index that another table has too");
            }
        }
    }

    private static void Columns(FieldErrors errors, string path, IReadOnlyList<string> names, TableSpec table)
    {
        var columns = table.Columns.Select(column => column?.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, name) in names.Index())
        {
            errors.When(!columns.Contains(name), $"{path}[{index}]", "names a column that the table does not have");
        }

        errors.Unique(path, names, "", name => name);
    }
}
