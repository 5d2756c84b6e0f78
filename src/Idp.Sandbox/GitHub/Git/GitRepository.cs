using System.Globalization;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>A bare repository on disk, worked on with git's plumbing commands.</summary>
internal class GitRepository(string path)
{
    public const string NoSha = "0000000000000000000000000000000000000000";

    public virtual async Task InitAsync(string branch, CancellationToken cancellationToken) =>
        await RunAsync(["init", "--quiet", "--bare", "--template=", $"--initial-branch={branch}"], cancellationToken);

    public virtual async Task SetHeadAsync(string branch, CancellationToken cancellationToken) =>
        await RunAsync(["symbolic-ref", "HEAD", $"refs/heads/{branch}"], cancellationToken);

    /// <summary>Returns the refs below a name, or the ref itself, with what they point to.</summary>
    public virtual async Task<List<(string Name, string Sha)>> RefsAsync(string prefix, CancellationToken cancellationToken)
    {
        var output = await RunAsync(["for-each-ref", "--format=%(objectname) %(refname)", prefix], cancellationToken);
        return [.. from line in output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                   let words = line.Split(' ', 2)
                   select (words[1], words[0])];
    }

    /// <summary>True for the path of a file that Git can hold.</summary>
    public static bool IsPath(string path) =>
        !path.Any(char.IsControl)
        && path.Split('/').All(
            part => part is not ("" or "." or "..") && !part.Equals(".git", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Returns the objects that the specifications name, such as <c>main:README.md</c>; null for missing ones.
    /// </summary>
    public virtual async Task<List<GitObject?>> ReadAsync(
        IReadOnlyCollection<string> specifications, CancellationToken cancellationToken)
    {
        var lines = string.Concat(specifications.Select(line => line.ReplaceLineEndings("?") + "\n"));
        var result = await GitProcess.RunAsync(
            path, ["cat-file", "--batch"], Encoding.UTF8.GetBytes(lines), cancellationToken);

        // git gives up at a specification that it cannot even read.
        return result.ExitCode == 0
            ? GitObject.ParseBatch(result.Output)
            : [.. specifications.Select(_ => (GitObject?)null)];
    }

    public async Task<GitObject?> ReadAsync(string specification, CancellationToken cancellationToken) =>
        (await ReadAsync([specification], cancellationToken))[0];

    public virtual async Task<string> WriteAsync(string type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var result = await GitProcess.RunAsync(
            path, ["hash-object", "-t", type, "-w", "--stdin"], content, cancellationToken);
        return result.Checked().Text.Trim();
    }

    /// <summary>Stores many blobs with one start of git.</summary>
    public virtual async Task<string[]> WriteBlobsAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellationToken)
    {
        if (contents.Count == 0)
        {
            return [];
        }

        var folder = Directory.CreateDirectory(Path.Combine(path, $"incoming-{Guid.NewGuid():n}"));
        try
        {
            var files = new List<string>();
            foreach (var content in contents)
            {
                files.Add(Path.Combine(folder.FullName, files.Count.ToString(CultureInfo.InvariantCulture)));
                await File.WriteAllBytesAsync(files[^1], content, cancellationToken);
            }

            var input = Encoding.UTF8.GetBytes(string.Join('\n', files) + "\n");
            var result = await GitProcess.RunAsync(
                path, ["hash-object", "-w", "--no-filters", "--stdin-paths"], input, cancellationToken);
            return result.Checked().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Stores a tree with its folders, on top of another if one is given.</summary>
    public virtual async Task<string> WriteTreeAsync(
        string? baseTree, IEnumerable<GitTreeEntry> entries, CancellationToken cancellationToken)
    {
        var index = Path.Combine(path, $"index-{Guid.NewGuid():n}");
        try
        {
            if (baseTree is not null)
            {
                (await GitProcess.RunAsync(path, ["read-tree", baseTree], default, cancellationToken, index)).Checked();
            }

            var lines = string.Concat(entries.Select(entry => entry.Sha is null
                ? $"0 {NoSha}\t{entry.Path}\0"
                : $"{entry.Mode} {entry.Sha}\t{entry.Path}\0"));
            var input = Encoding.UTF8.GetBytes(lines);
            string[] add = ["update-index", "--add", "-z", "--index-info"];
            (await GitProcess.RunAsync(path, add, input, cancellationToken, index)).Checked();
            var tree = await GitProcess.RunAsync(path, ["write-tree"], default, cancellationToken, index);
            return tree.Checked().Text.Trim();
        }
        finally
        {
            File.Delete(index);
        }
    }

    public virtual async Task<List<GitTreeEntry>> ListTreeAsync(
        string tree, bool recursive, CancellationToken cancellationToken)
    {
        string[] arguments = ["ls-tree", "-z", "--long", .. recursive ? (string[])["-r", "-t"] : [], tree];
        var output = await RunAsync(arguments, cancellationToken);
        return [.. from line in output.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                   let tab = line.IndexOf('\t', StringComparison.Ordinal)
                   let words = line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                   select new GitTreeEntry(line[(tab + 1)..], words[0], words[1], words[2], Size(words[3]))];
    }

    /// <summary>
    /// Moves a ref if it stands where it is thought to stand; <see cref="NoSha"/> for a ref that is not there yet.
    /// </summary>
    public virtual async Task<bool> UpdateRefAsync(string name, string sha, string old, CancellationToken cancellationToken) =>
        (await GitProcess.RunAsync(path, ["update-ref", name, sha, old], default, cancellationToken)).ExitCode == 0;

    public virtual async Task<bool> IsAncestorAsync(string old, string sha, CancellationToken cancellationToken)
    {
        string[] question = ["merge-base", "--is-ancestor", old, sha];
        return (await GitProcess.RunAsync(path, question, default, cancellationToken)).ExitCode == 0;
    }

    private async Task<GitResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await GitProcess.RunAsync(path, arguments, default, cancellationToken)).Checked();

    private static long? Size(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
