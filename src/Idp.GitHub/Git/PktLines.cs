using System.Globalization;
using System.Text;

namespace Idp.GitHub;

/// <summary>The lines that Git talks in, as far as we listen: libgit2 does the talking. Pure.</summary>
/// <remarks>See https://git-scm.com/docs/protocol-common#_pkt_line_format.</remarks>
internal static class PktLines
{
    /// <summary>How many digits stand before the content of a line.</summary>
    public const int LengthDigits = 4;

    private const byte ForPeople = 2;
    private const int MaxWords = 500;

    /// <summary>Returns the lines up to the first that is none.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> In(ReadOnlyMemory<byte> answer)
    {
        while (answer.Length >= LengthDigits
            && int.TryParse(answer.Span[..LengthDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
        {
            // Those of length 0 stand between two parts.
            var end = Math.Max(length, LengthDigits);
            if (end > answer.Length)
            {
                yield break;
            }

            yield return answer[LengthDigits..end];
            answer = answer[end..];
        }
    }

    /// <summary>A line of that content.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content) =>
        [.. Encoding.ASCII.GetBytes((content.Length + LengthDigits).ToString("x4", CultureInfo.InvariantCulture)), .. content];

    /// <summary>What an answer to a push says to people, in one line and free of tokens; empty for nothing.</summary>
    public static string Messages(ReadOnlyMemory<byte> answer)
    {
        var told = In(answer).Where(line => line.Length > 0 && line.Span[0] == ForPeople).Select(line => Encoding.UTF8.GetString(line.Span[1..]));
        var words = string.Join(' ', Redaction.Redact(string.Concat(told)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= MaxWords ? words : string.Concat(words.AsSpan(0, MaxWords), "...");
    }
}

/// <summary>What a repository said that its branches are, before it takes a push. Pure.</summary>
/// <remarks>See https://git-scm.com/docs/http-protocol#_smart_server_response.</remarks>
internal sealed class Advertisement
{
    private const string Heads = "refs/heads/";
    private readonly Dictionary<string, string> _branches = new(StringComparer.Ordinal);
    private string[] _capabilities = [];

    /// <summary>Whether several references are moved together or not at all, if that is asked for.</summary>
    public bool CanBeAtomic => _capabilities.Contains(AtomicPush.Capability);

    /// <summary>Whether older commits are left out, if that is asked for.</summary>
    public bool CanBeShallow => _capabilities.Contains(ShallowFetch.Capability);

    /// <summary>Whether there is no branch at all.</summary>
    public bool IsEmpty => _branches.Count == 0;

    /// <summary>Returns the commit of a branch, or null.</summary>
    public string? Find(string branch) => _branches.GetValueOrDefault(branch);

    /// <summary>Reads an answer; what is none is read as far as it is one: libgit2 refuses the rest.</summary>
    public static Advertisement Parse(ReadOnlyMemory<byte> answer)
    {
        var found = new Advertisement();
        foreach (var line in PktLines.In(answer))
        {
            found.Add(Encoding.UTF8.GetString(line.Span));
        }

        return found;
    }

    // A line is "SHA NAME", the first with NUL and the server's capabilities behind it.
    private void Add(string line)
    {
        if (line.Split('\0') is [_, var told])
        {
            _capabilities = told.TrimEnd('\n').Split(' ');
        }

        if (line.Split('\0')[0].TrimEnd('\n').Split(' ', 2) is [{ Length: 40 or 64 } sha, var name] && name.StartsWith(Heads, StringComparison.Ordinal))
        {
            _branches[name[Heads.Length..]] = sha;
        }
    }
}
