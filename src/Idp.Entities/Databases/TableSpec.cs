using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One table.</summary>
[ValidationRule(
    "!has(self.primaryKey) || self.primaryKey.all(k, self.columns.exists(c, c.name == k))",
    "primaryKey names a column that the table does not have")]
[ValidationRule(
    "!has(self.indexes) || self.indexes.all(i, i.columns.all(k, self.columns.exists(c, c.name == k)))",
    "indexes names a column that the table does not have")]
public sealed record TableSpec
{
    /// <summary>The table's name.</summary>
    [Pattern("^" + Patterns.SqlName + "$")]
    [Length(1, 63)]
    public required string Name { get; init; }

    /// <summary>The columns of the primary key, in order.</summary>
    [Pattern("^" + Patterns.SqlName + "$")]
    [Length(1, 63)]
    [Items(0, 8)]
    [XListType(XListType.Atomic)]
    public IReadOnlyList<string> PrimaryKey { get => field ?? []; init; }

    /// <summary>The columns.</summary>
    [Items(1, 100)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public required IReadOnlyList<ColumnSpec> Columns { get => field ?? []; init; }

    /// <summary>The indexes, besides the primary key's.</summary>
    [Items(0, 10)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<IndexSpec> Indexes { get => field ?? []; init; }
}

/// <summary>One column.</summary>
public sealed record ColumnSpec
{
    /// <summary>The column's name.</summary>
    [Pattern("^" + Patterns.SqlName + "$")]
    [Length(1, 63)]
    public required string Name { get; init; }

    /// <summary>
    /// The column's type as PostgreSQL writes it, such as <c>uuid</c>, <c>varchar(255)</c> or <c>timestamp with time
    /// zone</c>.
    /// </summary>
    [Pattern("^" + Patterns.SqlType + "$")]
    [Length(1, 63)]
    public required string Type { get; init; }

    /// <summary>Whether every row must have a value.</summary>
    [DefaultValue(false)]
    public bool NotNull { get; init; }
}

/// <summary>One index of a table.</summary>
public sealed record IndexSpec
{
    /// <summary>The index's name; unique in the whole database.</summary>
    [Pattern("^" + Patterns.SqlName + "$")]
    [Length(1, 63)]
    public required string Name { get; init; }

    /// <summary>The columns, in order.</summary>
    [Pattern("^" + Patterns.SqlName + "$")]
    [Length(1, 63)]
    [Items(1, 6)]
    [XListType(XListType.Atomic)]
    public required IReadOnlyList<string> Columns { get => field ?? []; init; }

    /// <summary>Whether two rows may not agree in these columns.</summary>
    [DefaultValue(false)]
    public bool Unique { get; init; }
}
