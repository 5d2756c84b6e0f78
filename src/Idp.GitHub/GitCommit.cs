namespace Idp.GitHub;

/// <summary>A commit as it stands in the repository.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/git/commits#get-a-commit-object"/>.</remarks>
public sealed record GitCommit
{
    /// <summary>The SHA of the commit.</summary>
    public required string Sha { get; init; }

    /// <summary>The SHA of its tree.</summary>
    public required string TreeSha { get; init; }

    /// <summary>The message.</summary>
    public required string Message { get; init; }

    /// <summary>Who wrote it, and when.</summary>
    public required CommitAuthor Author { get; init; }

    /// <summary>The SHAs of its parents; none for a root commit.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];
}
