namespace Idp.GitHub;

/// <summary>The first commit of a repository: all its files at once.</summary>
/// <remarks>
/// Equal scaffolds make the same commit, down to its SHA: so the date in <see cref="Author"/> has to be one that does
/// not change between two tries, such as the time when the owning object was made.
/// </remarks>
public sealed record Scaffold
{
    /// <summary>The branch, or null for the repository's default branch.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit message.</summary>
    public required string Message { get; init; }

    /// <summary>Author and committer.</summary>
    public required CommitAuthor Author { get; init; }

    /// <summary>The files; at least one, no path twice.</summary>
    public required IReadOnlyList<RepositoryFile> Files { get; init; }
}
