using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>What happens to the database when its environment is deleted.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatabaseDeletionPolicy>))]
public enum DatabaseDeletionPolicy
{
    /// <summary>It stays, with its namespace.</summary>
    Retain,

    /// <summary>It is deleted with its data.</summary>
    Delete,
}
