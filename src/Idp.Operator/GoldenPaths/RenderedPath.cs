using System.Buffers;
using System.Text.RegularExpressions;

namespace Idp.Operator.GoldenPaths;

/// <summary>Which paths a golden path may write in a repository. Pure.</summary>
/// <remarks>
/// A team clones the repository to whatever machine it has. So a path is one that every file system reads alike: what Windows or macOS take
/// for another file, for Git's own folder or for a device is refused, and with it everything but plain ASCII.
/// </remarks>
internal static partial class RenderedPath
{
    private const int LongestPath = 512;
    private const int LongestPart = 200;

    // Printable ASCII without what shells, Windows and addresses read as something else.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$&'()+,-./;=@[]^_`{}~");

    /// <summary>What is wrong with a path, as the end of a sentence; null if nothing is.</summary>
    public static string? Problem(string path)
    {
        if (path.Length is 0 or > LongestPath || path.AsSpan().ContainsAnyExcept(Allowed))
        {
            return "is not a path that every file system takes: printable ASCII without \\ : * ? \" < > | %, at most 512 characters";
        }

        var parts = path.Split('/');
        if (parts.Any(part => part is "" or "." or ".." || part.EndsWith('.') || part.EndsWith(' ') || part.StartsWith(' ')))
        {
            return "has a part that is empty, that climbs, or that begins or ends with a blank";
        }

        if (parts.Any(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase) || GitOnNtfs().IsMatch(part)))
        {
            return "reaches into Git's own folder";
        }

        if (parts.FirstOrDefault(part => part.Length > LongestPart || Device().IsMatch(part)) is { } odd)
        {
            return odd.Length > LongestPart ? $"has a part of more than {LongestPart} characters" : $"has a part that is a device of Windows, '{odd}'";
        }

        return parts[0].Equals(".idp", StringComparison.OrdinalIgnoreCase) ? "reaches into .idp, which is the operator's" : null;
    }

    /// <summary>The folders that a path lies in.</summary>
    public static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    // The short name that Windows gives to .git, and those of its twins.
    [GeneratedRegex(@"\A\.?git~[0-9]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GitOnNtfs();

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any extension, too.
    [GeneratedRegex(@"\A(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9]|CONIN\$|CONOUT\$) *(\..*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();
}
