namespace Idp.GitHub;

/// <summary>A commit on top of another one, to be put on a branch by one push, and only if the branch stands where it was thought to.</summary>
/// <remarks>
/// Equal ones on equal commits make the same commit, down to its SHA. What was on the branch and is not below <see cref="Parent"/> is no longer
/// on it afterwards: who may not lose that names it as the parent.
/// </remarks>
public sealed record BranchPush
{
    /// <summary>The branch, without <c>refs/heads/</c>.</summary>
    public required string Branch { get; init; }

    /// <summary>The commit at which the branch has to stand; null where there must be no such branch.</summary>
    public string? Expected { get; init; }

    /// <summary>The commit that it follows, which has to be among the fetched; null for one that begins a history.</summary>
    public required string? Parent { get; init; }

    /// <summary>The files that are as they stand here afterwards; no path twice. All others stay as the parent has them.</summary>
    public IReadOnlyList<RepositoryFile> Files { get; init; } = [];

    /// <summary>The files that are no longer there afterwards; one that is not there anyway is none the worse.</summary>
    public IReadOnlyList<string> Deletions { get; init; } = [];

    /// <summary>The commit message.</summary>
    public required string Message { get; init; }

    /// <summary>Author and committer.</summary>
    public required CommitAuthor Author { get; init; }

    /// <summary>What else is pushed along with it; null for nothing.</summary>
    public HiddenReference? Aside { get; init; }
}

/// <summary>A reference that is no branch and no tag, so that people do not come across it: <c>refs/idp/bases</c>.</summary>
/// <remarks>It is set to a commit without a parent that has these files and no others, wherever it stood before.</remarks>
public sealed record HiddenReference
{
    /// <summary>Its full name.</summary>
    public required string Reference { get; init; }

    /// <summary>The files; at least one, no path twice.</summary>
    public required IReadOnlyList<RepositoryFile> Files { get; init; }

    /// <summary>The commit message.</summary>
    public required string Message { get; init; }
}
