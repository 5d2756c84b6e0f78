using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Shows what differs between two versions of a file, as Git does. Safe for use from many threads.</summary>
public static class FileDifference
{
    /// <summary>Returns the parts that differ, each with three lines around it and the line that says where it is; null where a version is not text.</summary>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    public static string? Of(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        using var memory = MemoryRepository.Take();
        var git = memory.Git;
        var changes = git.Diff.Compare(BlobOf(before), BlobOf(after));
        if (changes.IsBinaryComparison)
        {
            return null;
        }

        // Before the first part Git names the files, which here have no names.
        var first = changes.Patch.StartsWith("@@", StringComparison.Ordinal) ? 0 : changes.Patch.IndexOf("\n@@", StringComparison.Ordinal) + 1;
        return changes.Patch[first..];

        Blob BlobOf(ReadOnlyMemory<byte> content) => git.Lookup<Blob>(GitCommits.Blob(git, content));
    }
}
