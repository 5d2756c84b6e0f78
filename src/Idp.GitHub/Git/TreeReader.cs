using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Reads what files a commit has, and no further than the bounds: of few objects a tree without an end can be made.</summary>
internal static class TreeReader
{
    private const int MaxPath = 4096;

    /// <summary>Returns the files by path.</summary>
    /// <exception cref="AnswerTooLargeException">There are too many, or they are too deep.</exception>
    public static IReadOnlyDictionary<string, TreeFile> FilesOf(Tree? root, Repository repository)
    {
        var files = new Dictionary<string, TreeFile>(StringComparer.Ordinal);
        var folders = new Stack<(string Prefix, Tree Tree)>();
        if (root is not null)
        {
            folders.Push(("", root));
        }

        for (var left = FetchedRepository.MaxEntries; folders.TryPop(out var folder);)
        {
            foreach (var entry in folder.Tree)
            {
                var path = folder.Prefix + entry.Name;
                if (left-- == 0 || path.Length > MaxPath)
                {
                    throw TooLarge(repository, "the list of its files", $"{FetchedRepository.MaxEntries} entries of {MaxPath} characters");
                }

                if (entry.TargetType == TreeEntryTargetType.Tree)
                {
                    folders.Push(($"{path}/", (Tree)entry.Target));
                }
                else
                {
                    files[path] = new TreeFile(entry.Target.Sha, ModeOf(entry));
                }
            }
        }

        return files;
    }

    /// <summary>Says that something is more than is read.</summary>
    public static AnswerTooLargeException TooLarge(Repository repository, string what, string limit) => new(new GitHubFailure
    {
        Message = $"What was fetched of {repository.FullName} was not read: {what} is larger than {limit}.",
        Operation = GitOperations.Fetch,
    });

    private static TreeFileMode ModeOf(TreeEntry entry) => entry.Mode switch
    {
        Mode.ExecutableFile => TreeFileMode.Executable,
        Mode.SymbolicLink => TreeFileMode.SymbolicLink,
        Mode.GitLink => TreeFileMode.Submodule,
        _ => TreeFileMode.Regular,
    };
}
