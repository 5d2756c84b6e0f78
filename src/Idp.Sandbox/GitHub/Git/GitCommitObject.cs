using System.Globalization;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>A commit, to and from the text in which Git keeps it.</summary>
internal sealed record GitCommitObject(
    string Tree, IReadOnlyList<string> Parents, GitIdentity Author, GitIdentity Committer, string Message)
{
    public static GitCommitObject Parse(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = text[..split].Split('\n');
        return new GitCommitObject(
            Values("tree ").Single(),
            [.. Values("parent ")],
            GitIdentity.Parse(Values("author ").Single()),
            GitIdentity.Parse(Values("committer ").Single()),
            text[(split + 2)..]);

        IEnumerable<string> Values(string key) =>
            lines.Where(line => line.StartsWith(key, StringComparison.Ordinal)).Select(line => line[key.Length..]);
    }

    public byte[] ToBytes()
    {
        var text = new StringBuilder($"tree {Tree}\n");
        foreach (var parent in Parents)
        {
            text.Append(CultureInfo.InvariantCulture, $"parent {parent}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"author {Author}\ncommitter {Committer}\n\n{Message}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

/// <summary>Who made a commit, and when.</summary>
internal sealed record GitIdentity(string Name, string Email, DateTimeOffset Date)
{
    public static GitIdentity Parse(string text)
    {
        var open = text.LastIndexOf(" <", StringComparison.Ordinal);
        var close = text.LastIndexOf("> ", StringComparison.Ordinal);
        var seconds = text[(close + 2)..].Split(' ')[0];
        return new GitIdentity(
            text[..open],
            text[(open + 2)..close],
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)));
    }

    public override string ToString() => $"{Clean(Name)} <{Clean(Email)}> {Date.ToUnixTimeSeconds()} +0000";

    private static string Clean(string text) => string.Concat(
        text.Where(letter => !"<>\n\0".Contains(letter, StringComparison.Ordinal)));
}
