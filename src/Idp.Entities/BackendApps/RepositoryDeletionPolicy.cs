using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>What happens to the repository when its application is deleted.</summary>
[JsonConverter(typeof(StrictEnumConverter<RepositoryDeletionPolicy>))]
public enum RepositoryDeletionPolicy
{
    /// <summary>Nothing.</summary>
    Retain,

    /// <summary>It becomes read only.</summary>
    Archive,

    /// <summary>It is deleted with everything in it.</summary>
    Delete,
}
