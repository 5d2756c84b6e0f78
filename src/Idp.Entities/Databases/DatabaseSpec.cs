using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>The database that every environment of the application gets one of.</summary>
public sealed record DatabaseSpec
{
    /// <summary>The kind of database.</summary>
    [DefaultValue(DatabaseType.PostgreSql)]
    public DatabaseType Type { get; init; }

    /// <summary>The major version, such as <c>"17"</c>; default: the platform's.</summary>
    [Pattern("^" + Patterns.PostgreSqlVersion + "$")]
    [Length(2, 2)]
    public string? Version { get; init; }

    /// <summary>How much it may store, such as <c>50Gi</c>; default: the platform's.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    [IntOrString]
    [RangeMinimum(1)]
    [Pattern("^" + Patterns.PositiveQuantity + "$")]
    [Length(1, 32)]
    public string? Storage { get; init; }

    /// <summary>What happens to the database when its environment is deleted.</summary>
    [DefaultValue(DatabaseDeletionPolicy.Retain)]
    public DatabaseDeletionPolicy DeletionPolicy { get; init; }

    /// <summary>
    /// The tables that SchemaHero keeps as they stand here; a table that is no longer listed stays in the database.
    /// </summary>
    [Items(0, 40)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<TableSpec> Tables { get => field ?? []; init; }
}

/// <summary>The kinds of database.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatabaseType>))]
public enum DatabaseType
{
    /// <summary>PostgreSQL.</summary>
    [JsonStringEnumMemberName("postgresql")]
    PostgreSql,
}

/// <summary>What happens to the database when its environment is deleted.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatabaseDeletionPolicy>))]
public enum DatabaseDeletionPolicy
{
    /// <summary>It stays, with its namespace.</summary>
    Retain,

    /// <summary>It is deleted with its data.</summary>
    Delete,
}
