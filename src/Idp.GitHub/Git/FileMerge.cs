using System.Security.Cryptography;
using System.Text;
using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Merges two changed versions of a file, as Git would. Nothing is sent, and no file is written. Safe for use from many threads.</summary>
public static class FileMerge
{
    private const string Name = "file";

    // Only the trees count.
    private static readonly CommitAuthor Nobody = new("idp", "idp@localhost", DateTimeOffset.UnixEpoch);

    private static readonly MergeTreeOptions Options = new() { FindRenames = false, SkipReuc = true };

    /// <summary>Merges line by line what both made of the base.</summary>
    /// <remarks>
    /// A conflict is where both changed the same lines or lines beside each other, and where both changed a file that is none of text. If all lines of
    /// <paramref name="ours"/> end in CR and LF, and those of the two others in LF alone, the lines of all are compared as ours end, and so does
    /// the result: who converted a file still gets its changes.
    /// </remarks>
    /// <param name="base">What both began with.</param>
    /// <param name="ours">What stays in a conflict.</param>
    /// <param name="theirs">The other one.</param>
    public static MergedFile Merge(ReadOnlyMemory<byte> @base, ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs)
    {
        if (LineEnds.AreCrLf(ours.Span) && LineEnds.AreLf(@base.Span) && LineEnds.AreLf(theirs.Span))
        {
            (@base, theirs) = (LineEnds.ToCrLf(@base.Span), LineEnds.ToCrLf(theirs.Span));
        }

        var unchanged = ours.Span.SequenceEqual(theirs.Span) || theirs.Span.SequenceEqual(@base.Span) ? ours
            : ours.Span.SequenceEqual(@base.Span) ? theirs
            : (ReadOnlyMemory<byte>?)null;
        return new MergedFile(unchanged is { } whole ? whole.ToArray() : MergeLines(@base, ours, theirs));
    }

    /// <summary>The SHA under which Git keeps these bytes.</summary>
    public static string BlobOf(ReadOnlyMemory<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        hash.AppendData(content.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[]? MergeLines(ReadOnlyMemory<byte> @base, ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs)
    {
        using var memory = MemoryRepository.Take();
        var git = memory.Git;
        var root = Commit(@base, []);
        var merged = git.ObjectDatabase.MergeCommits(Commit(ours, [root]), Commit(theirs, [root]), Options);
        if (merged.Status != MergeTreeStatus.Succeeded)
        {
            return null;
        }

        using var content = ((Blob)merged.Tree[Name].Target).GetContentStream();
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;

        Commit Commit(ReadOnlyMemory<byte> file, Commit[] parents) =>
            GitCommits.Of(git, [new RepositoryFile { Path = Name, Content = file }], "", Nobody, parents);
    }
}

/// <summary>A merge.</summary>
/// <param name="Content">The file; null for a conflict. There are never any markers in it.</param>
public sealed record MergedFile(byte[]? Content);

/// <summary>How the lines of a file end. Pure.</summary>
internal static class LineEnds
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    /// <summary>Whether it is text whose lines all end in CR and LF; one that has no line end is not.</summary>
    public static bool AreCrLf(ReadOnlySpan<byte> file)
    {
        var (all, both) = Count(file);
        return all > 0 && all == both && !file.Contains((byte)0);
    }

    /// <summary>Whether it is text of which no line ends in CR and LF.</summary>
    public static bool AreLf(ReadOnlySpan<byte> file) => Count(file).Both == 0 && !file.Contains((byte)0);

    /// <summary>Returns it with a CR before each LF.</summary>
    public static byte[] ToCrLf(ReadOnlySpan<byte> file)
    {
        var converted = new byte[file.Length + file.Count(Lf)];
        var at = 0;
        foreach (var each in file)
        {
            if (each == Lf)
            {
                converted[at++] = Cr;
            }

            converted[at++] = each;
        }

        return converted;
    }

    private static (int All, int Both) Count(ReadOnlySpan<byte> file) => (file.Count(Lf), file.Count([Cr, Lf]));
}
