namespace Idp.GitHub;

/// <summary>Who may see a repository.</summary>
public enum RepositoryVisibility
{
    /// <summary>Those whom the organisation gave access.</summary>
    Private,

    /// <summary>All members of the enterprise; only GitHub Enterprise knows it.</summary>
    Internal,

    /// <summary>Everybody.</summary>
    Public,
}
