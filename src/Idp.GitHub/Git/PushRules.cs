namespace Idp.GitHub;

/// <summary>Whether a branch stands where a push may be made, and what it means that one was refused. Pure.</summary>
internal static class PushRules
{
    // GitHub's own words, those of Git's hooks and those of its rulesets.
    private static readonly string[] OfRules = ["declined", "protected", "rule violation", "GH006", "GH013", "prohibited", "deny"];

    /// <summary>True if a scaffold is to be pushed, false if it is there already.</summary>
    /// <exception cref="RepositoryNotEmptyException">There is another history.</exception>
    public static bool MayBegin(GitUpdate update, string? told, Advertisement branches)
    {
        if (told == update.Sha)
        {
            return false;
        }

        return told is null && branches.IsEmpty ? true : throw new RepositoryNotEmptyException(new GitHubFailure
        {
            Message = $"The scaffold was not written to {update.Repository.FullName}: " + (told is null
                ? $"it has branches, but not {update.Branch}."
                : $"its history ends in commit {told}, which is not the scaffold."),
            Operation = GitOperations.ListForPush,
        });
    }

    /// <summary>True if the branch still stands at the commit that the pushed one follows, or if all begins with it.</summary>
    /// <exception cref="GitHubConflictException">Somebody pushed in between.</exception>
    /// <exception cref="GitHubNotFoundException">There are branches, but not this one.</exception>
    public static bool MayFollow(GitUpdate update, string? told, string? parent, Advertisement branches)
    {
        if (told != parent)
        {
            throw Moved(update, "it moved");
        }

        return told is not null || branches.IsEmpty ? true : throw new GitHubNotFoundException(Failure(update, "there is no such branch"));
    }

    /// <summary>False if the branch is there already, true if it still stands where it was thought to.</summary>
    /// <exception cref="GitHubConflictException">It stands elsewhere.</exception>
    public static bool MayMove(GitUpdate update, string? told, string? expected)
    {
        if (told == update.Sha)
        {
            return false;
        }

        return told == expected ? true : throw Moved(update, told is null ? "it is gone" : "it moved");
    }

    /// <summary>What it means that the server refused to move the branch.</summary>
    /// <param name="update">What was asked.</param>
    /// <param name="status">What Git was told.</param>
    /// <param name="words">What people were told; empty for nothing.</param>
    public static GitHubException Refused(GitUpdate update, string status, string words)
    {
        var why = Redaction.Redact(words.Length == 0 ? status : $"{status}: {words}").TrimEnd('.');
        return OfRules.Any(rule => why.Contains(rule, StringComparison.OrdinalIgnoreCase))
            ? new BranchProtectedException(Failure(update, why))
            : Moved(update, why);
    }

    private static GitHubConflictException Moved(GitUpdate update, string why) => new(Failure(update, why));

    private static GitHubFailure Failure(GitUpdate update, string why) => new()
    {
        Message = update.Sha is null
            ? $"{update.Name} of {update.Repository.FullName} was not deleted: {why}."
            : $"{update.Name} of {update.Repository.FullName} was not set to the commit that was pushed: {why}.",
        Operation = GitOperations.Push,
    };
}

/// <summary>A commit that a reference is to stand at.</summary>
/// <param name="Repository">Whose it is.</param>
/// <param name="Reference">Its full name.</param>
/// <param name="Sha">The commit; null for none, which deletes it.</param>
internal sealed record GitUpdate(Repository Repository, string Reference, string? Sha)
{
    private const string Heads = "refs/heads/";

    /// <summary>The branch; null where it is none.</summary>
    public string? Branch => Reference.StartsWith(Heads, StringComparison.Ordinal) ? Reference[Heads.Length..] : null;

    /// <summary>What people call it.</summary>
    public string Name => Branch is null ? Reference : $"Branch {Branch}";

    /// <summary>How libgit2 is asked for it. Forced: whether it may be made is told by where it stands.</summary>
    public string Refspec => Sha is null ? $":{Reference}" : $"+{Sha}:{Reference}";

    /// <summary>One of a branch.</summary>
    public static GitUpdate OfBranch(Repository repository, string branch, string? sha) => new(repository, Heads + branch, sha);
}

/// <summary>Refuses what cannot be pushed, before anything is sent. Pure.</summary>
internal static class BranchPushRules
{
    public static void Check(BranchPush push)
    {
        GitHubNames.CheckBranch(push.Branch);
        foreach (var sha in new[] { push.Expected, push.Parent }.OfType<string>())
        {
            GitHubNames.CheckSha(sha);
        }

        if (push.Parent is null || push.Files.Count > 0)
        {
            ScaffoldRules.Check(ScaffoldOf(push, push.Files, push.Message));
        }

        foreach (var path in push.Deletions)
        {
            GitHubNames.CheckFilePath(path);
            if (push.Files.Any(file => file.Path == path))
            {
                throw GitHubNames.Invalid($"the push both writes and deletes {path}");
            }
        }

        if (push.Aside is { } aside)
        {
            GitHubNames.CheckHiddenReference(aside.Reference);
            ScaffoldRules.Check(ScaffoldOf(push, aside.Files, aside.Message));
        }
    }

    private static Scaffold ScaffoldOf(BranchPush push, IReadOnlyList<RepositoryFile> files, string message) =>
        new() { Files = files, Message = message, Author = push.Author };
}

/// <summary>Refuses scaffolds that Git cannot hold, before anything is sent. Pure.</summary>
internal static class ScaffoldRules
{
    public static void Check(Scaffold scaffold)
    {
        if (scaffold.Files.Count == 0)
        {
            throw GitHubNames.Invalid("a scaffold without files");
        }

        if (string.IsNullOrWhiteSpace(scaffold.Message))
        {
            throw GitHubNames.Invalid("a scaffold without a commit message");
        }

        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in scaffold.Files)
        {
            GitHubNames.CheckFilePath(file.Path);
            if (!files.Add(file.Path))
            {
                throw GitHubNames.Invalid($"the scaffold has {file.Path} twice");
            }
        }

        foreach (var path in files)
        {
            CheckFolders(path, files);
        }
    }

    private static void CheckFolders(string path, HashSet<string> files)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (files.Contains(path[..slash]))
            {
                throw GitHubNames.Invalid($"the scaffold has {path[..slash]} both as a file and as a folder");
            }
        }
    }
}
