namespace Idp.Testing.GoldenPaths;

/// <summary>Finds by <c>git diff -M60%</c> where the team moved files to.</summary>
internal static class MoveOracle
{
    private const string EmptyFile = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

    /// <summary>The new places of the files that are not at their own any more.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(
        FleetRepository repository, TemplateVersion next, IReadOnlyDictionary<string, TeamFile> team)
    {
        var gone = repository.Bases.Where(known => !team.ContainsKey(known.Key) && known.Value.Content.Length > 0).ToList();
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        if (gone.Count == 0)
        {
            return moved;
        }

        // Where the golden path has a file of its own, no moved one can be: that is no new one to git, if it was there before as it is.
        var known = repository.Bases.Keys.Concat(next.Files.Keys).Where(path => team.TryGetValue(path, out var file) && file.IsPlain);
        var tree = await TreeAsync(repository.Git, gone.Select(file => (file.Key, file.Value.Content)).Concat(known.Distinct().Select(path => (path, team[path].Content))));
        var lines = (await repository.Git.RunAsync("diff", "--raw", "-z", "--no-abbrev", "-M60%", "-l0", tree, "HEAD")).Split('\0');
        for (var at = 0; at < lines.Length; at++)
        {
            // ":MODE MODE SHA SHA R090", then the old path and the new one.
            if (lines[at].Split(' ') is [_, "100644" or "100755" or "120000", var sha, _, ['R', ..]] && sha != EmptyFile)
            {
                moved[lines[at + 1]] = lines[at + 2];
            }
        }

        return moved.Where(each => team[each.Value].IsPlain).ToDictionary();
    }

    private static async Task<string> TreeAsync(GitFolder git, IEnumerable<(string Path, byte[] Content)> files)
    {
        var folder = Directory.CreateTempSubdirectory("oracle-");
        try
        {
            foreach (var (path, content) in files)
            {
                var file = new FileInfo(Path.Combine(folder.FullName, "tree", path));
                file.Directory!.Create();
                await File.WriteAllBytesAsync(file.FullName, content);
            }

            var variables = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = Path.Combine(folder.FullName, "index") };
            string[] tree = ["--work-tree", Path.Combine(folder.FullName, "tree"), "--git-dir", git.File(".git")];
            var added = await git.TryAsync(variables, [.. tree, "add", "--all", "--force", Path.Combine(folder.FullName, "tree")]);
            return added.Succeeded
                ? (await git.TryAsync(variables, [.. tree, "write-tree"])).Output.Trim()
                : throw new InvalidOperationException(added.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
