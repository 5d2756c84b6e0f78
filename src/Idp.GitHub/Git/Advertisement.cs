using System.Text;

namespace Idp.GitHub;

/// <summary>What a repository said that its branches are, before it takes a push. Pure.</summary>
/// <remarks>See https://git-scm.com/docs/http-protocol#_smart_server_response.</remarks>
internal sealed class Advertisement
{
    private const string Heads = "refs/heads/";
    private readonly Dictionary<string, string> _branches = new(StringComparer.Ordinal);

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
        if (line.Split('\0')[0].TrimEnd('\n').Split(' ', 2) is [{ Length: 40 or 64 } sha, var name] && name.StartsWith(Heads, StringComparison.Ordinal))
        {
            _branches[name[Heads.Length..]] = sha;
        }
    }
}
