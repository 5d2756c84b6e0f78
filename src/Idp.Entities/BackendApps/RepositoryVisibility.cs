using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>Who may see the repository.</summary>
[JsonConverter(typeof(StrictEnumConverter<RepositoryVisibility>))]
public enum RepositoryVisibility
{
    /// <summary>Whoever was given access.</summary>
    Private,

    /// <summary>Every member of the enterprise.</summary>
    Internal,

    /// <summary>Everybody.</summary>
    Public,
}
