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

    /// <summary>
    /// Whether the repository was made with <see cref="NewRepository.AutoInit"/>: then a first commit that holds nothing
    /// but GitHub's README is replaced, and waited for.
    /// </summary>
    public bool ReplacesFirstCommit { get; init; }

    /// <summary>How many requests that create content writing it takes, as far as is known before.</summary>
    public int ContentRequests => (ReplacesFirstCommit ? 3 : 4) + Files.Count(file => !file.IsText);

    /// <summary>The commit message.</summary>
    public required string Message { get; init; }

    /// <summary>Author and committer.</summary>
    public required CommitAuthor Author { get; init; }

    /// <summary>The files; at least one, no path twice.</summary>
    public required IReadOnlyList<RepositoryFile> Files { get; init; }
}
