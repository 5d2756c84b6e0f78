using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>Who may see a repository.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RepositoryVisibility>))]
public enum RepositoryVisibility
{
    /// <summary>Those whom the organisation gave access.</summary>
    [JsonStringEnumMemberName("private")]
    Private,

    /// <summary>All members of the enterprise; only GitHub Enterprise knows it.</summary>
    [JsonStringEnumMemberName("internal")]
    Internal,

    /// <summary>Everybody.</summary>
    [JsonStringEnumMemberName("public")]
    Public,
}
