using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Makes commits and pushes them, each as one push that is made only if the branch stands where it was thought to.</summary>
/// <remarks>
/// libgit2 sends as the old value what the server told at the beginning of that push. So what was told is compared with what is expected
/// before anything is sent, and the server compares what was sent with what is there then: nobody's work is lost in between.
/// </remarks>
internal sealed class GitPusher(GitRemote remote, TimeProvider clock)
{
    /// <summary>Makes the files the one and only commit of an empty repository; where they are so already, sends nothing.</summary>
    public Task<string> PushScaffoldAsync(Repository repository, Scaffold scaffold, CancellationToken cancellationToken)
    {
        ScaffoldRules.Check(scaffold);
        var branch = scaffold.Branch ?? repository.DefaultBranch;
        GitHubNames.CheckBranch(branch);
        return RunAsync(
            repository,
            $"lay {scaffold.Files.Count} files in {repository.FullName}",
            session =>
            {
                using var memory = MemoryRepository.Take();
                var commit = GitCommits.Root(memory.Git, scaffold.Files, scaffold.Message, scaffold.Author);
                var update = new GitUpdate(repository, branch, commit.Sha);
                Push(memory.Git, session, update, told => PushRules.MayBegin(update, told, session.Branches));
                return commit.Sha;
            },
            cancellationToken);
    }

    /// <summary>Writes a file on top of the branch; null if it was so already.</summary>
    public Task<string?> PushFileAsync(Repository repository, FileCommit change, CancellationToken cancellationToken)
    {
        GitHubNames.CheckFilePath(change.Path);
        var branch = change.Branch ?? repository.DefaultBranch;
        GitHubNames.CheckBranch(branch);
        return RunAsync(
            repository,
            $"write {change.Path} to {repository.FullName}",
            session =>
            {
                using var store = ObjectStore.Open(remote.Options.ObjectStore);
                var head = Fetch(store.Git, session, branch);
                if (GitCommits.OnTopOf(store.Git, head, change) is not { } commit)
                {
                    return null;
                }

                var update = new GitUpdate(repository, branch, commit.Sha);
                Push(store.Git, session, update, told => PushRules.MayFollow(update, told, head?.Sha, session.Branches));
                return commit.Sha;
            },
            cancellationToken);
    }

    private async Task<T> RunAsync<T>(Repository repository, string purpose, Func<GitSession, T> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(remote.Options.GitTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var address = GitAddress.Of(remote.Options.Root, repository);
        try
        {
            return await GitThread.RunAsync(() => work(new GitSession(remote, address, purpose, either.Token)), either.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            var call = new GitHubCallContext(GitOperations.Push, purpose);
            throw GitHubFailures.Lost(call, $"it was not done within {remote.Options.GitTimeout.TotalSeconds:0.#} s", error);
        }
    }

    /// <summary>Returns the last commit of the branch with its files, and nothing before it; null in an empty repository.</summary>
    private static Commit? Fetch(LibGit2Sharp.Repository git, GitSession session, string branch)
    {
        var name = $"refs/heads/{branch}";
        var options = new FetchOptions { Depth = 1, TagFetchMode = TagFetchMode.None };
        GitSubtransport.Run(session, () => Commands.Fetch(git, ObjectStore.Remote, [$"+{name}:{name}"], options, logMessage: null));
        return git.Refs[name]?.ResolveToDirectReference()?.Target as Commit;
    }

    /// <summary>Moves the branch, unless it is found to be there already.</summary>
    /// <param name="git">Holds the commit.</param>
    /// <param name="session">The way to GitHub.</param>
    /// <param name="update">What to do.</param>
    /// <param name="may">Says by where the branch stands (null for nowhere) whether it is to be done; throws where it must not.</param>
    private static void Push(LibGit2Sharp.Repository git, GitSession session, GitUpdate update, Func<string?, bool> may)
    {
        List<string> refusals = [];
        GitHubException? objection = null;
        var options = new PushOptions
        {
            PackbuilderDegreeOfParallelism = 1,
            OnPushStatusError = error => refusals.Add(error.Message),
            OnNegotiationCompletedBeforePush = updates =>
            {
                try
                {
                    return updates.All(asked => may(ShaOf(asked.SourceObjectId)));
                }
                catch (GitHubException error)
                {
                    objection = error;
                    return false;
                }
            },
        };
        try
        {
            GitSubtransport.Run(session, () => git.Network.Push(git.Network.Remotes[ObjectStore.Remote], $"+{update.Sha}:refs/heads/{update.Branch}", options));
        }
        catch (UserCancelledException) when (objection is null)
        {
            // It is there already.
        }
        catch (UserCancelledException)
        {
            throw objection!;
        }

        if (refusals is [var status, ..])
        {
            throw PushRules.Refused(update, status, session.ServerMessages);
        }
    }

    private static string? ShaOf(ObjectId id) => id == ObjectId.Zero ? null : id.Sha;
}
