namespace Idp.GitHub;

/// <summary>A commit that writes one file on top of a branch.</summary>
public sealed record FileCommit
{
    /// <summary>The branch, or null for the repository's default branch.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit message.</summary>
    public required string Message { get; init; }

    /// <summary>Author and committer.</summary>
    public required CommitAuthor Author { get; init; }

    /// <summary>The path from the root of the repository.</summary>
    public required string Path { get; init; }

    /// <summary>The bytes of the file.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }
}
