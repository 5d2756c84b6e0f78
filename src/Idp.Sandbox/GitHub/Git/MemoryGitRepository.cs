using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>A repository in memory, for tests that make thousands: blobs and commits are named as Git names them, trees are not.</summary>
internal sealed class MemoryGitRepository() : GitRepository("")
{
    private readonly ConcurrentDictionary<string, GitObject> _objects = new();
    private readonly ConcurrentDictionary<string, string> _refs = new();
    private string _branch = "main";

    public override Task InitAsync(string branch, CancellationToken cancellationToken)
    {
        _branch = branch;
        return Task.CompletedTask;
    }

    public override Task SetHeadAsync(string branch, CancellationToken cancellationToken) => InitAsync(branch, cancellationToken);

    public override Task<List<(string Name, string Sha)>> RefsAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult(
        _refs.Where(pair => pair.Key == prefix || pair.Key.StartsWith(prefix.TrimEnd('/') + "/", StringComparison.Ordinal))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value))
            .ToList());

    public override Task<List<GitObject?>> ReadAsync(IReadOnlyCollection<string> specifications, CancellationToken cancellationToken) =>
        Task.FromResult(specifications.Select(Resolve).ToList());

    public override Task<string> WriteAsync(string type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Task.FromResult(Keep(type, content.ToArray()));

    public override Task<string[]> WriteBlobsAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellationToken) =>
        Task.FromResult(contents.Select(content => Keep("blob", content)).ToArray());

    public override Task<string> WriteTreeAsync(string? baseTree, IEnumerable<GitTreeEntry> entries, CancellationToken cancellationToken)
    {
        var files = baseTree is null ? [] : Files(baseTree);
        foreach (var entry in entries)
        {
            if (entry.Sha is null)
            {
                files.Remove(entry.Path);
            }
            else
            {
                files[entry.Path] = (entry.Mode, entry.Sha);
            }
        }

        return Task.FromResult(KeepTree(files));
    }

    public override Task<List<GitTreeEntry>> ListTreeAsync(string tree, bool recursive, CancellationToken cancellationToken)
    {
        var files = Files(tree);
        List<GitTreeEntry> entries = [];
        foreach (var group in files.GroupBy(file => file.Key.Split('/')[0]))
        {
            if (group.First() is var (path, (mode, sha)) && path == group.Key)
            {
                entries.Add(new GitTreeEntry(path, mode, "blob", sha, _objects[sha].Content.Length));
                continue;
            }

            entries.Add(new GitTreeEntry(group.Key, "040000", "tree", KeepTree(Below(files, group.Key))));
        }

        return Task.FromResult(recursive
            ? [.. files.Select(file => new GitTreeEntry(file.Key, file.Value.Mode, "blob", file.Value.Sha, _objects[file.Value.Sha].Content.Length))]
            : entries);
    }

    public override Task<bool> UpdateRefAsync(string name, string sha, string old, CancellationToken cancellationToken) =>
        Task.FromResult(old == NoSha ? _refs.TryAdd(name, sha) : _refs.TryUpdate(name, sha, old));

    public override Task<bool> IsAncestorAsync(string old, string sha, CancellationToken cancellationToken)
    {
        var (seen, next) = (new HashSet<string>(), new Stack<string>([sha]));
        while (next.TryPop(out var commit))
        {
            if (commit == old)
            {
                return Task.FromResult(true);
            }

            foreach (var parent in GitCommitObject.Parse(_objects[commit].Content).Parents.Where(seen.Add))
            {
                next.Push(parent);
            }
        }

        return Task.FromResult(false);
    }

    private GitObject? Resolve(string specification)
    {
        if (specification.EndsWith("^{tree}", StringComparison.Ordinal))
        {
            return TreeOf(specification[..^"^{tree}".Length]);
        }

        if (specification.EndsWith("^{commit}", StringComparison.Ordinal))
        {
            return Resolve(specification[..^"^{commit}".Length]) is { Type: "commit" } commit ? commit : null;
        }

        if (specification.Split(':', 2) is [var root, var path])
        {
            return TreeOf(root) is { } tree && FilesIn(tree).TryGetValue(path, out var file) ? _objects.GetValueOrDefault(file.Sha) : null;
        }

        var sha = specification == "HEAD" ? $"refs/heads/{_branch}" : specification;
        sha = new[] { sha, $"refs/{sha}", $"refs/heads/{sha}" }.Select(name => _refs.GetValueOrDefault(name)).FirstOrDefault(found => found is not null) ?? sha;
        return _objects.GetValueOrDefault(sha);
    }

    private GitObject? TreeOf(string specification) => Resolve(specification) switch
    {
        { Type: "commit" } commit => _objects[GitCommitObject.Parse(commit.Content).Tree],
        { Type: "tree" } tree => tree,
        _ => null,
    };

    private SortedDictionary<string, (string Mode, string Sha)> Files(string specification) =>
        FilesIn(TreeOf(specification) ?? throw new GitFailedException($"{specification} is no tree"));

    private static SortedDictionary<string, (string Mode, string Sha)> FilesIn(GitObject tree)
    {
        var files = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(tree.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', 3);
            files[words[2]] = (words[0], words[1]);
        }

        return files;
    }

    private static SortedDictionary<string, (string Mode, string Sha)> Below(SortedDictionary<string, (string Mode, string Sha)> files, string folder)
    {
        var below = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var (path, file) in files.Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            below[path[(folder.Length + 1)..]] = file;
        }

        return below;
    }

    private string KeepTree(SortedDictionary<string, (string Mode, string Sha)> files) =>
        Keep("tree", Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Value.Mode} {file.Value.Sha} {file.Key}\n"))));

    private string Keep(string type, byte[] content)
    {
        byte[] whole = [.. Encoding.UTF8.GetBytes($"{type} {content.Length}\0"), .. content];
        var sha = Convert.ToHexStringLower(NameOf(whole));
        _objects.TryAdd(sha, new GitObject(sha, type, content));
        return sha;
    }

#pragma warning disable CA5350 // Git's own names of objects are SHA-1.
    private static byte[] NameOf(byte[] whole) => SHA1.HashData(whole);
#pragma warning restore CA5350
}
