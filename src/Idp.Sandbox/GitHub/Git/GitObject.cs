using System.Globalization;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>An object of a repository.</summary>
internal sealed record GitObject(string Sha, string Type, byte[] Content)
{
    /// <summary>Reads what <c>git cat-file --batch</c> prints; null stands for an object that is not there.</summary>
    public static List<GitObject?> ParseBatch(byte[] output)
    {
        var objects = new List<GitObject?>();
        for (var at = 0; at < output.Length;)
        {
            var end = Array.IndexOf(output, (byte)'\n', at);
            var words = Encoding.UTF8.GetString(output, at, end - at).Split(' ');
            at = end + 1;
            if (words is not [{ Length: 40 } sha, "blob" or "tree" or "commit" or "tag", var length])
            {
                objects.Add(null);
                continue;
            }

            var size = int.Parse(length, CultureInfo.InvariantCulture);
            objects.Add(new GitObject(sha, words[1], output[at..(at + size)]));
            at += size + 1;
        }

        return objects;
    }
}

/// <summary>A line of a tree; without a SHA it takes the path away.</summary>
internal sealed record GitTreeEntry(string Path, string Mode, string Type, string? Sha, long? Size = null);
