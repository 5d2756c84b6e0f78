namespace Idp.Sandbox.GitHub;

/// <summary>Keeps the pull requests of repositories in step with their branches. Who calls it has the repository's turn.</summary>
internal sealed class PullRequestKeeper(RepositoryStore store, TimeProvider clock)
{
    /// <summary>Hears what happened to a pull request, in the word that GitHub's webhooks have for it.</summary>
    public event Action<GitHubPullRequestEvent>? Happened;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    public static StoredPullRequest? Find(StoredRepository repository, string number) =>
        repository.State.Pulls.PullRequests.FirstOrDefault(each => $"{each.Number}" == number);

    /// <summary>Where a branch stands; null where there is none.</summary>
    public static string? HeadOf(StoredRepository repository, string branch) =>
        repository.Git.Refs($"refs/heads/{branch}").FirstOrDefault(known => known.Name == $"refs/heads/{branch}").Sha;

    /// <summary>Changes what is beside the repository's files.</summary>
    public void Change(StoredRepository repository, Func<PullRequestsState, PullRequestsState> change) =>
        store.Change(repository, repository.State with { Pulls = change(repository.State.Pulls) });

    public void Add(StoredRepository repository, StoredPullRequest made)
    {
        Change(repository, state => state with { LastNumber = made.Number, PullRequests = [.. state.PullRequests, made] });
        SetRef(repository, made);
        Tell(repository, made, "opened");
    }

    /// <summary>Replaces one and tells of it; what happened is null for what nobody is told of.</summary>
    public StoredPullRequest Put(StoredRepository repository, StoredPullRequest changed, string? happened)
    {
        var stored = happened is null ? changed : changed with { UpdatedAt = Now };
        Change(repository, state => state with { PullRequests = [.. state.PullRequests.Select(each => each.Number == stored.Number ? stored : each)] });
        if (happened is not null)
        {
            SetRef(repository, stored);
            Tell(repository, stored, happened);
        }

        return stored;
    }

    /// <summary>Closes one, merged or not.</summary>
    public StoredPullRequest Close(StoredRepository repository, StoredPullRequest pull, string? mergeCommit = null, string? mergedBy = null) => Put(
        repository,
        pull with
        {
            IsOpen = false,
            ClosedAt = Now,
            MergedAt = mergeCommit is null ? null : Now,
            MergeCommit = mergeCommit ?? pull.MergeCommit,
            MergedBy = mergedBy,
            Mergeable = mergeCommit is null ? pull.Mergeable : null,
        },
        "closed");

    /// <summary>Brings the open ones in step with where the branches stand now.</summary>
    /// <remarks>
    /// A head that moved is followed; one whose branch is gone is closed; one whose commits came into the base counts as merged. One whose branch was
    /// set to what the base has already is closed: there is nothing left to merge.
    /// </remarks>
    public void Settle(StoredRepository repository)
    {
        foreach (var pull in repository.State.Pulls.PullRequests.Where(each => each.IsOpen).ToList())
        {
            Settle(repository, pull, HeadOf(repository, pull.Head), HeadOf(repository, pull.Base));
        }
    }

    private void Settle(StoredRepository repository, StoredPullRequest pull, string? head, string? target)
    {
        var (headMoved, baseMoved) = (head != pull.HeadSha, target != pull.BaseSha);
        if (!headMoved && !baseMoved)
        {
            return;
        }

        if (target is not null && baseMoved && repository.Git.IsAncestor(pull.HeadSha, target))
        {
            Close(repository, pull with { BaseSha = target }, target, "octocat");
        }
        else if (head is null || target is null || (headMoved && repository.Git.IsAncestor(head, target)))
        {
            Close(repository, pull);
        }
        else
        {
            Put(
                repository,
                pull with { HeadSha = head, BaseSha = target, Mergeable = null, MergeCommit = null },
                headMoved ? "synchronize" : null);
        }
    }

    // As GitHub has it for who fetches the commits of a branch that is gone.
    private static void SetRef(StoredRepository repository, StoredPullRequest pull)
    {
        var name = $"refs/pull/{pull.Number}/head";
        var old = repository.Git.Refs(name).Select(known => known.Sha).FirstOrDefault() ?? GitRepository.NoSha;
        repository.Git.UpdateRef(name, pull.HeadSha, old);
    }

    private void Tell(StoredRepository repository, StoredPullRequest pull, string action) =>
        Happened?.Invoke(new GitHubPullRequestEvent(repository.State.FullName, pull.Number, action));
}
