using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Operator.GoldenPaths;

/// <summary>How folders look from outside: the names, sizes and times of all that is in them. Two that are equal hold the same.</summary>
/// <remarks>Cheaper than reading them, and unlike file notifications it works on every kind of volume.</remarks>
internal readonly record struct FolderStamp(string Text)
{
    private const int MostEntries = 20_000;

    // A link is no part of a golden path, and may lead in circles; that one came or went shows in its folder's time.
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Looks at folders; a relative one lies beside the executable. One that cannot be read is a look of its own.</summary>
    public static FolderStamp Of(IReadOnlyList<string> directories)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in directories.SelectMany(directory => Lines(GoldenPathCatalog.FullPath(directory))))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return new FolderStamp(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static List<string> Lines(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything).Take(MostEntries)
                .Select(Line).Order(StringComparer.Ordinal).Prepend($"{directory}\n").ToList();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [$"{directory}: {error.GetType().Name}\n"];
        }
    }

    private static string Line(FileSystemInfo entry)
    {
        var size = (entry as FileInfo)?.Length ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{entry.FullName} {size} {entry.LastWriteTimeUtc.Ticks}\n");
    }
}
