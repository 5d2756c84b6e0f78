using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Files that are written and files that go, on top of those that are there.</summary>
internal sealed class TreeChange(Repository repository, IReadOnlyList<RepositoryFile> files, IReadOnlyList<string> deletions)
{
    /// <summary>Returns the tree as it is then.</summary>
    /// <exception cref="GitHubValidationException">There is a folder where a file is to be, or the other way round.</exception>
    public TreeDefinition ApplyTo(LibGit2Sharp.Repository store, Tree? before)
    {
        var tree = before is null ? new TreeDefinition() : TreeDefinition.From(before);
        Remove(tree, before);
        foreach (var file in files)
        {
            if (tree[file.Path] is { TargetType: not TreeEntryTargetType.Blob }
                || FoldersOf(file.Path).Any(folder => tree[folder] is { TargetType: not TreeEntryTargetType.Tree }))
            {
                throw GitHubNames.Invalid($"a file cannot be written to {file.Path}, for there is something else");
            }

            tree.Add(file.Path, GitCommits.Blob(store, file.Content), file.Executable ? Mode.ExecutableFile : Mode.NonExecutableFile);
        }

        return tree;
    }

    // A folder of which nothing is left goes too: in Git there are no empty ones.
    private void Remove(TreeDefinition tree, Tree? before)
    {
        if (deletions.Count == 0)
        {
            return;
        }

        var gone = deletions.ToHashSet(StringComparer.Ordinal);
        var left = TreeReader.FilesOf(before, repository).Keys.Where(path => !gone.Contains(path)).Concat(files.Select(file => file.Path));
        var folders = left.SelectMany(FoldersOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in gone.Where(path => tree[path] is { TargetType: not TreeEntryTargetType.Tree }).ToList())
        {
            tree.Remove(FoldersOf(path).FirstOrDefault(folder => !folders.Contains(folder)) ?? path);
        }
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
