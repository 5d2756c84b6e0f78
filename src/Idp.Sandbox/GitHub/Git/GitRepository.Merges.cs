using LibGit2Sharp;

namespace Idp.Sandbox.GitHub;

/// <content>What follows what, and what becomes of two that went apart.</content>
internal sealed partial class GitRepository
{
    private static readonly MergeTreeOptions Options = new() { FindRenames = true };

    /// <summary>The commit from which two went apart; null where they have nothing in common.</summary>
    public string? MergeBase(string one, string other)
    {
        using var git = new Repository(path);
        return git.Lookup<Commit>(one) is { } first && git.Lookup<Commit>(other) is { } second
            ? git.ObjectDatabase.FindMergeBase(first, second)?.Sha
            : null;
    }

    /// <summary>The tree of a merge; null where there are conflicts.</summary>
    public string? MergedTree(string ours, string theirs)
    {
        using var git = new Repository(path);
        return TreeOf(git.ObjectDatabase.MergeCommits(git.Lookup<Commit>(ours), git.Lookup<Commit>(theirs), Options));
    }

    /// <summary>The tree of a commit's change on top of another one; null where there are conflicts.</summary>
    public string? PickedTree(string commit, string onto)
    {
        using var git = new Repository(path);
        return TreeOf(git.ObjectDatabase.CherryPickCommit(git.Lookup<Commit>(commit), git.Lookup<Commit>(onto), 0, Options));
    }

    /// <summary>The commits that one has and the other has not, the oldest first and no merges.</summary>
    public List<string> CommitsBetween(string without, string with)
    {
        using var git = new Repository(path);
        var filter = new CommitFilter
        {
            IncludeReachableFrom = with,
            ExcludeReachableFrom = without,
            SortBy = CommitSortStrategies.Topological | CommitSortStrategies.Reverse,
        };
        return [.. git.Commits.QueryBy(filter).Where(commit => commit.Parents.Count() < 2).Select(commit => commit.Sha)];
    }

    /// <summary>How many files and lines a branch changed since it went apart from another.</summary>
    public (int Files, int Added, int Deleted) Changes(string target, string head)
    {
        using var git = new Repository(path);
        if (git.Lookup<Commit>(target) is not { } one || git.Lookup<Commit>(head) is not { } other)
        {
            return default;
        }

        using var patch = git.Diff.Compare<Patch>((git.ObjectDatabase.FindMergeBase(one, other) ?? one).Tree, other.Tree);
        return (patch.Count(), patch.LinesAdded, patch.LinesDeleted);
    }

    /// <summary>Stores a tree that is another one with some files written and, where their name is <see cref="NoSha"/>, deleted.</summary>
    public string WriteChange(string? baseTree, IEnumerable<GitTreeEntry> files)
    {
        using var git = new Repository(path);
        var all = baseTree is null ? [] : Entries(git, TreeOf(git, baseTree), recursive: true)
            .Where(entry => entry.Type != "tree").ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (var file in files)
        {
            // What is in its way goes: a folder of that name, or a file that would have to be a folder.
            foreach (var other in all.Keys.Where(other => other == file.Path || IsBelow(other, file.Path) || IsBelow(file.Path, other)).ToList())
            {
                all.Remove(other);
            }

            if (file.Sha != NoSha)
            {
                all[file.Path] = file;
            }
        }

        var tree = new TreeDefinition();
        foreach (var file in all.Values)
        {
            tree.Add(file.Path, new ObjectId(file.Sha), (Mode)Convert.ToInt32(file.Mode, 8));
        }

        return git.ObjectDatabase.CreateTree(tree).Sha;

        static bool IsBelow(string path, string folder) => path.StartsWith($"{folder}/", StringComparison.Ordinal);
    }

    private static string? TreeOf(MergeTreeResult merged) => merged.Status == MergeTreeStatus.Succeeded ? merged.Tree.Sha : null;
}
