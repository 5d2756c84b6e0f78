using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

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
