using System.Text;

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

    /// <summary>A reference that is no branch and keeps the commit at hand when the branch has gone on, such as <c>refs/idp/bases</c>; null for none.</summary>
    public string? Aside { get; init; }
}

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

/// <summary>One file of a commit: its path, its bytes and whether it can be run.</summary>
public sealed record RepositoryFile
{
    /// <summary>The path from the root of the repository, with <c>/</c> between the parts.</summary>
    public required string Path { get; init; }

    /// <summary>The bytes of the file, taken as they are.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>True for Git mode 100755, false for 100644.</summary>
    public bool Executable { get; init; }

    /// <summary>
    /// Returns a file that holds the text in UTF-8, without a byte order mark and with its line ends kept.
    /// </summary>
    public static RepositoryFile Text(string path, string text, bool executable = false) =>
        new() { Path = path, Content = Encoding.UTF8.GetBytes(text), Executable = executable };
}

/// <summary>Who wrote a commit, and when; used for the author and the committer alike.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Date">The time. Git keeps whole seconds; it is written in UTC.</param>
public sealed record CommitAuthor(string Name, string Email, DateTimeOffset Date);
