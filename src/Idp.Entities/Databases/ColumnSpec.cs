using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

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
