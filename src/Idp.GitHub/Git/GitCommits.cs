using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Makes commits in an object store, without a working tree.</summary>
internal static class GitCommits
{
    /// <summary>A commit of these files and no others, without a parent: equal ones have equal SHAs.</summary>
    public static Commit Root(LibGit2Sharp.Repository store, IReadOnlyList<RepositoryFile> files, string message, CommitAuthor author) =>
        Of(store, files, message, author, []);

    /// <summary>A commit of these files and no others.</summary>
    public static Commit Of(
        LibGit2Sharp.Repository store, IReadOnlyList<RepositoryFile> files, string message, CommitAuthor author, IReadOnlyList<Commit> parents)
    {
        var tree = new TreeDefinition();
        foreach (var file in files)
        {
            tree.Add(file.Path, Blob(store, file.Content), file.Executable ? Mode.ExecutableFile : Mode.NonExecutableFile);
        }

        return Make(store, tree, message, author, parents);
    }

    /// <summary>A commit that makes the changes of a push on top of its parent; the parent itself where there is none to make.</summary>
    public static Commit OnTopOf(LibGit2Sharp.Repository store, FetchedRepository fetched, BranchPush push)
    {
        var parent = push.Parent is null ? null
            : store.Lookup<Commit>(push.Parent) ?? throw GitHubNames.Invalid($"commit {push.Parent} of {fetched.Repository.FullName} was not fetched");
        var change = new TreeChange(fetched.Repository, push.Files, push.Deletions);
        var tree = store.ObjectDatabase.CreateTree(change.ApplyTo(store, parent?.Tree));
        return parent is not null && tree.Id == parent.Tree.Id ? parent : Make(store, tree, push.Message, push.Author, parent is null ? [] : [parent]);
    }

    /// <summary>A commit that changes one file; null where it is so already.</summary>
    public static Commit? OnTopOf(LibGit2Sharp.Repository store, Commit? head, FileCommit change)
    {
        var present = head?[change.Path];
        if (present is { TargetType: not TreeEntryTargetType.Blob } || HasFileAbove(head, change.Path))
        {
            throw GitHubNames.Invalid($"a file cannot be written to {change.Path}, for there is something else");
        }

        var blob = Blob(store, change.Content);
        if (present?.Target.Id == blob)
        {
            return null;
        }

        var tree = head is null ? new TreeDefinition() : TreeDefinition.From(head);
        tree.Add(change.Path, blob, present?.Mode ?? Mode.NonExecutableFile);
        return Make(store, tree, change.Message, change.Author, head is null ? [] : [head]);
    }

    private static bool HasFileAbove(Commit? head, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (head?[path[..slash]] is { TargetType: not TreeEntryTargetType.Tree })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps the bytes.</summary>
    public static ObjectId Blob(LibGit2Sharp.Repository store, ReadOnlyMemory<byte> content) => store.ObjectDatabase.Write<Blob>(content.ToArray());

    // The one form of the date, so that the zone of who runs it makes no difference.
    private static Commit Make(
        LibGit2Sharp.Repository store, TreeDefinition tree, string message, CommitAuthor author, IEnumerable<Commit> parents) =>
        Make(store, store.ObjectDatabase.CreateTree(tree), message, author, parents);

    private static Commit Make(LibGit2Sharp.Repository store, Tree tree, string message, CommitAuthor author, IEnumerable<Commit> parents)
    {
        var person = new Signature(author.Name, author.Email, author.Date.ToUniversalTime());
        return store.ObjectDatabase.CreateCommit(
            person, person, message, tree, parents, prettifyMessage: false);
    }
}
