namespace Idp.GitHub;

/// <summary>Makes commits and pushes them, each as one push that is made only if the branch stands where it was thought to.</summary>
internal sealed class GitPusher(GitSessions sessions, GitFetcher fetcher)
{
    /// <summary>Makes the files the one and only commit of an empty repository; where they are so already, sends nothing.</summary>
    public Task<string> PushScaffoldAsync(Repository repository, Scaffold scaffold, CancellationToken cancellationToken)
    {
        ScaffoldRules.Check(scaffold);
        var branch = scaffold.Branch ?? repository.DefaultBranch;
        GitHubNames.CheckBranch(branch);
        return sessions.RunAsync(
            repository,
            $"lay {scaffold.Files.Count} files in {repository.FullName}",
            session =>
            {
                using var memory = MemoryRepository.Take();
                var commit = GitCommits.Root(memory.Git, scaffold.Files, scaffold.Message, scaffold.Author);
                List<GitUpdate> updates = [GitUpdate.OfBranch(repository, branch, commit.Sha)];
                if (scaffold.Aside is { } aside)
                {
                    updates.Add(new GitUpdate(repository, aside, commit.Sha));
                }

                new GitPush(memory.Git, session).Run(updates, (update, told) =>
                    update.Branch is null ? update.Sha != told : PushRules.MayBegin(update, told, session.Branches));
                return commit.Sha;
            },
            cancellationToken);
    }

    /// <summary>Writes a file on top of the branch; null if it was so already.</summary>
    public async Task<string?> PushFileAsync(Repository repository, FileCommit change, CancellationToken cancellationToken)
    {
        GitHubNames.CheckFilePath(change.Path);
        var branch = change.Branch ?? repository.DefaultBranch;
        GitHubNames.CheckBranch(branch);
        var reference = GitUpdate.OfBranch(repository, branch, null).Reference;
        var purpose = $"write {change.Path} to {repository.FullName}";
        using var fetched = await fetcher.FetchAsync(repository, [reference], purpose, cancellationToken);
        return await sessions.RunAsync(
            repository,
            purpose,
            session => fetched.Use(git =>
            {
                var head = FetchedRepository.Find(git, reference);
                if (GitCommits.OnTopOf(git, head, change) is not { } commit)
                {
                    return null;
                }

                new GitPush(git, session).Run(
                    [GitUpdate.OfBranch(repository, branch, commit.Sha)], (update, told) => PushRules.MayFollow(update, told, head?.Sha, session.Branches));
                return commit.Sha;
            }),
            cancellationToken);
    }

    /// <summary>Makes a commit on top of a fetched one and puts it on a branch; where it is there already, sends nothing.</summary>
    public Task<string> PushAsync(FetchedRepository fetched, BranchPush push, CancellationToken cancellationToken)
    {
        BranchPushRules.Check(push);
        var repository = fetched.Repository;
        return sessions.RunAsync(
            repository,
            $"push to branch {push.Branch} of {repository.FullName}",
            session => fetched.Use(git =>
            {
                var commit = GitCommits.OnTopOf(git, fetched, push);
                List<GitUpdate> updates = [GitUpdate.OfBranch(repository, push.Branch, commit.Sha)];
                if (push.Aside is { } aside)
                {
                    updates.Add(new GitUpdate(repository, aside.Reference, GitCommits.Root(git, aside.Files, aside.Message, push.Author).Sha));
                }

                new GitPush(git, session).Run(updates, (update, told) =>
                    update.Branch is null ? update.Sha != told : PushRules.MayMove(update, told, push.Expected));
                return commit.Sha;
            }),
            cancellationToken);
    }

    /// <summary>Deletes a branch that stands at that commit; where there is none, sends nothing.</summary>
    public Task DeleteAsync(Repository repository, string branch, string expected, CancellationToken cancellationToken)
    {
        GitHubNames.CheckBranch(branch);
        GitHubNames.CheckSha(expected);
        return sessions.RunAsync(
            repository,
            $"delete branch {branch} of {repository.FullName}",
            session =>
            {
                using var memory = MemoryRepository.Take();
                new GitPush(memory.Git, session).Run(
                    [GitUpdate.OfBranch(repository, branch, null)], (update, told) => PushRules.MayMove(update, told, expected));
                return branch;
            },
            cancellationToken);
    }
}
