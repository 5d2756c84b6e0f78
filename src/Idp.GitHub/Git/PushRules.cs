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
        Message = $"Branch {update.Branch} of {update.Repository.FullName} was not set to the commit that was pushed: {why}.",
        Operation = GitOperations.Push,
    };
}

/// <summary>A commit that a branch is to stand at.</summary>
internal sealed record GitUpdate(Repository Repository, string Branch, string Sha);

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
