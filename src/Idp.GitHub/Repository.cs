namespace Idp.GitHub;

/// <summary>A repository as GitHub last showed it.</summary>
/// <remarks>
/// The <see cref="Id"/> stays through renames and transfers; the name may later belong to another repository.
/// A setting that GitHub did not show to this token is unknown, not switched off.
/// See <see href="https://docs.github.com/en/rest/repos/repos#get-a-repository"/>.
/// </remarks>
public sealed record Repository
{
    /// <summary>The number that names this repository for ever.</summary>
    public required long Id { get; init; }

    /// <summary>The login of the owning organisation or user.</summary>
    public required string Owner { get; init; }

    /// <summary>The name within the owner.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>owner/name</c> as it is now; it differs from what was asked for when the repository was renamed.
    /// </summary>
    public string FullName => $"{Owner}/{Name}";

    /// <summary>The description, or null without one.</summary>
    public string? Description { get; init; }

    /// <summary>The URL shown beside the description, or null without one.</summary>
    public string? Homepage { get; init; }

    /// <summary>Who may see it.</summary>
    public RepositoryVisibility Visibility { get; init; }

    /// <summary>The branch that clones check out; an empty repository has its name already.</summary>
    public required string DefaultBranch { get; init; }

    /// <summary>The page for people.</summary>
    public required string HtmlUrl { get; init; }

    /// <summary>The address for <c>git clone</c> over HTTP.</summary>
    public required string CloneUrl { get; init; }

    /// <summary>True when it is read-only.</summary>
    public bool Archived { get; init; }

    /// <summary>The topics, in lower case.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Names this very state, to ask GitHub whether it still holds; null where GitHub gave none.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate"/>.</remarks>
    public string? ETag { get; init; }

    /// <summary>Its settings that are on or off; one that this token may not know is not among them.</summary>
    public RepositorySwitches Switches { get; init; } = RepositorySwitches.None;
}

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
