using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>The kinds of database.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatabaseType>))]
public enum DatabaseType
{
    /// <summary>PostgreSQL.</summary>
    [JsonStringEnumMemberName("postgresql")]
    PostgreSql,
}
