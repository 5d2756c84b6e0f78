using System.Text;

namespace Idp.GitHub;

/// <summary>Makes a scaffold the only commit of an empty repository, from wherever an earlier try stopped.</summary>
/// <remarks>
/// The Git data API answers 409 while a repository is empty, so it needs a commit first: GitHub's own
/// (<see cref="FirstCommit"/>), or one of ours (<see cref="Bootstrap"/>). Then follow the whole tree, a commit without
/// parents, and the branch is set to it, if it still stands where it stood.
/// </remarks>
internal sealed class ScaffoldWriter(GitData data, TimeProvider clock)
{
    private const int MaxAttempts = 3;

    /// <summary>GitHub makes its first commit after it has answered; so long, an empty repository is waited for.</summary>
    private static readonly TimeSpan FirstCommitIsDue = TimeSpan.FromMinutes(1);


    public async Task<string> WriteAsync(Repository repository, Scaffold scaffold, CancellationToken cancellationToken)
    {
        ScaffoldRules.Check(scaffold);
        var branch = scaffold.Branch ?? repository.DefaultBranch;
        for (var attempt = 1; ; attempt++)
        {
            var head = await data.FindHeadCommitAsync(repository, branch, cancellationToken);
            if (head.Commit is { Sha: var sha })
            {
                return await IsWrittenAsync(repository, scaffold, head, cancellationToken)
                    ? sha
                    : await ReplaceAsync(repository, scaffold, sha, cancellationToken);
            }

            await RefuseAsync(repository, scaffold, head, cancellationToken);

            if (await TryBootstrapAsync(repository, scaffold, attempt < MaxAttempts, cancellationToken) is { } opened)
            {
                return await ReplaceAsync(repository, scaffold, opened, cancellationToken);
            }
        }
    }

    /// <summary>Throws where a branch without a commit may not be begun, or not yet.</summary>
    private async Task RefuseAsync(
        Repository repository, Scaffold scaffold, HeadCommit head, CancellationToken cancellationToken)
    {
        var branch = scaffold.Branch ?? repository.DefaultBranch;
        var branches = head.IsEmpty ? [] : await data.BranchesAsync(repository, cancellationToken);
        if (branches.Contains(branch))
        {
            // What GitHub has just made, it may not show everywhere at once.
            throw new GitHubConflictException(
                new GitHubFailure { Message = $"GitHub lists branch {branch} of {repository.FullName}, but does not show it yet." });
        }

        if (branches.Count > 0)
        {
            throw NotEmpty(repository, $"it has branches, but not {branch}");
        }

        if (scaffold.ReplacesFirstCommit && clock.GetUtcNow() - repository.CreatedAt < FirstCommitIsDue)
        {
            throw new GitHubConflictException(
                new GitHubFailure { Message = $"GitHub has not finished making {repository.FullName}: its first commit is not there yet." });
        }
    }

    /// <summary>True if the commit is the scaffold, false if it only opens the repository; anything else is not ours.</summary>
    private async Task<bool> IsWrittenAsync(
        Repository repository, Scaffold scaffold, HeadCommit head, CancellationToken cancellationToken)
    {
        var commit = head.Commit!;
        if (Bootstrap.Is(commit) || (scaffold.ReplacesFirstCommit && FirstCommit.Is(commit, head.Files)))
        {
            return false;
        }

        if (!IsScaffold(commit, scaffold))
        {
            throw NotEmpty(repository, $"its history ends in commit {commit.Sha}, which is not the scaffold");
        }

        if (commit.Parents is [])
        {
            return true;
        }

        var parent = commit.Parents is [var only]
            ? await data.FindCommitAsync(repository, only, cancellationToken)
            : null;
        var isOpening = parent is not null
            && (Bootstrap.Is(parent) || (scaffold.ReplacesFirstCommit && FirstCommit.Is(parent)));
        return isOpening
            ? true
            : throw NotEmpty(repository, $"commit {commit.Sha} is the scaffold on top of another history");
    }

    private static bool IsScaffold(GitCommit commit, Scaffold scaffold)
    {
        // Git keeps whole seconds, and so does the commit that GitHub shows.
        var seconds = scaffold.Author.Date.ToUnixTimeSeconds();
        var author = scaffold.Author with { Date = DateTimeOffset.FromUnixTimeSeconds(seconds) };
        return commit.TreeSha == GitTree.Sha(scaffold.Files)
            && commit.Message.TrimEnd() == scaffold.Message.TrimEnd()
            && commit.Author == author;
    }

    /// <summary>
    /// Returns the SHA of the bootstrap commit, or null if another writer came first and it is worth a look.
    /// </summary>
    private async Task<string?> TryBootstrapAsync(
        Repository repository, Scaffold scaffold, bool mayLookAgain, CancellationToken cancellationToken)
    {
        var author = NewAuthor.From(scaffold.Author);
        var content = new NewContent
        {
            Message = Bootstrap.Message,
            Content = Convert.ToBase64String(Bootstrap.File.Content.Span),
            Branch = scaffold.Branch == repository.DefaultBranch ? null : scaffold.Branch,
            Author = author,
            Committer = author,
        };
        try
        {
            var commit = await data.PutFileAsync(repository, Bootstrap.File.Path, content, cancellationToken);
            return commit.Parents is []
                ? commit.Sha
                : throw NotEmpty(repository, "somebody pushed while the scaffold was being written");
        }
        catch (GitHubConflictException) when (mayLookAgain)
        {
            return null;
        }
    }

    private async Task<string> ReplaceAsync(
        Repository repository, Scaffold scaffold, string opening, CancellationToken cancellationToken)
    {
        var branch = scaffold.Branch ?? repository.DefaultBranch;
        var entries = new List<NewTreeEntry>();
        foreach (var file in scaffold.Files)
        {
            entries.Add(await EntryAsync(repository, file, cancellationToken));
        }

        var tree = await data.CreateTreeAsync(repository, entries, cancellationToken);
        var author = NewAuthor.From(scaffold.Author);
        var root = new NewCommit(scaffold.Message, tree, [], author, author);
        var commit = await data.CreateCommitAsync(repository, root, cancellationToken);

        // Nobody's work may be lost: the branch is moved only from where it was seen.
        if (await data.ResetBranchAsync(repository, branch, opening, commit, cancellationToken) is null)
        {
            return commit;
        }

        var head = await data.FindHeadAsync(repository, branch, cancellationToken);
        if (head.Sha != opening)
        {
            throw Moved(repository, branch);
        }

        // A rule of the organisation forbids to force a branch. Then the scaffold stands on top of what opened it.
        var second = await data.CreateCommitAsync(repository, root with { Parents = [opening] }, cancellationToken);
        return await MoveAsync(repository, branch, second, cancellationToken);
    }

    private async Task<string> MoveAsync(Repository repository, string branch, string commit, CancellationToken cancellationToken)
    {
        try
        {
            await data.AdvanceBranchAsync(repository, branch, commit, cancellationToken);
            return commit;
        }
        catch (GitHubValidationException error)
        {
            throw new BranchProtectedException(error.Failure);
        }
    }

    private async Task<NewTreeEntry> EntryAsync(
        Repository repository, RepositoryFile file, CancellationToken cancellationToken)
    {
        var text = file.IsText ? Encoding.UTF8.GetString(file.Content.Span) : null;
        var sha = text is null ? await data.CreateBlobAsync(repository, file.Content, cancellationToken) : null;
        return new NewTreeEntry(file.Path, file.Executable ? "100755" : "100644", "blob", text, sha);
    }

    private static RepositoryNotEmptyException NotEmpty(Repository repository, string why) => new(
        new GitHubFailure { Message = $"The scaffold was not written to {repository.FullName}: {why}." });

    private static GitHubConflictException Moved(Repository repository, string branch) => new(
        new GitHubFailure { Message = $"Branch {branch} of {repository.FullName} moved while its scaffold was written." });
}
