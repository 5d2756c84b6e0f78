using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>Brings one repository to what its golden path is now: by one pull request, which is made or brought up to date.</summary>
/// <remarks>
/// Every way through it can be repeated, whatever was done before: a branch that has these files already is not pushed to, and a pull request that is
/// open is not opened again. What people pushed to the branch is the beginning of the next merge, and is never overwritten.
/// </remarks>
internal sealed class GoldenPathUpdater(GitHubClient github, OwnershipKeys keys, DesiredUpdate desired, CommitAuthor author)
{
    /// <summary>The branch of the pull request.</summary>
    public const string Branch = "idp/golden-path";

    /// <summary>Keeps what merges begin with: no branch, so that nobody edits it, or deletes it with a pull request that is merged.</summary>
    /// <remarks>Not named as the branch: who asks Git for <c>idp/golden-path</c> would get <c>refs/idp/golden-path</c> first.</remarks>
    public const string Memory = "refs/idp/bases";

    private const string BranchReference = $"refs/heads/{Branch}";

    /// <summary>Does it, and says what status is to remember.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    public async Task<UpdateOutcome> BringAsync(Repository repository, CancellationToken cancellationToken)
    {
        var main = $"refs/heads/{repository.DefaultBranch}";
        using var fetched = await github.FetchAsync(repository, [main, BranchReference, Memory], cancellationToken);

        // One that people opened from it against another branch is theirs.
        var newest = await github.PullRequests.FindNewestAsync(repository, Branch, repository.DefaultBranch, cancellationToken);
        var branch = new UpdateBranch(fetched.CommitOf(BranchReference), newest, desired.Known?.Update?.Commit);
        var (onMain, problem) = PlannedUpdate.Of(fetched, main, desired, keys);
        if (onMain is null)
        {
            return desired.Refused(problem!);
        }

        if (!onMain.Plan.HasContent)
        {
            await EndAsync(repository, branch, cancellationToken);
            return new UpdateOutcome(desired.Target, desired.Current(onMain.Plan), null);
        }

        if (branch.IsDeclined(desired.Target))
        {
            return new UpdateOutcome(desired.Target, desired.Offered(onMain.From, onMain.Plan, newest!, branch.Head, author.Date), null) { PullRequest = newest };
        }

        return await OfferAsync(fetched, onMain, branch, cancellationToken);
    }

    private async Task<UpdateOutcome> OfferAsync(
        FetchedRepository fetched, PlannedUpdate onMain, UpdateBranch branch, CancellationToken cancellationToken)
    {
        var (update, commit) = (onMain, branch.Head);
        if (!onMain.IsOn(fetched, BranchReference))
        {
            if (branch.HasPeoplesWork)
            {
                var (onTop, problem) = PlannedUpdate.Of(fetched, BranchReference, desired, keys);
                if (onTop is null)
                {
                    return desired.Refused(problem!);
                }

                update = onTop;
            }

            // What people pushed may have all that is wanted.
            commit = update.Plan.HasContent ? await PushAsync(fetched, update, onMain.From, branch.Head, cancellationToken) : branch.Head;
        }

        var pull = await ShowAsync(fetched.Repository, onMain.From, update.Plan, branch.Newest, cancellationToken);
        return new UpdateOutcome(desired.Target, desired.Offered(onMain.From, update.Plan, pull, commit, author.Date), null) { PullRequest = pull };
    }

    private Task<string> PushAsync(
        FetchedRepository fetched, PlannedUpdate update, GoldenPathLock onMain, string? expected, CancellationToken cancellationToken)
    {
        var push = new BranchPush
        {
            Branch = Branch,
            Expected = expected,
            Parent = fetched.CommitOf(update.Start),
            Files = update.Files,
            Deletions = update.Plan.Deletions,
            Message = UpdateText.Message(update.From, desired.Target, desired.BelongsTo),
            Author = author,

            // The bases of the present lock stay until the pull request is merged, and if it never is.
            Aside = new HiddenReference { Reference = Memory, Files = update.BasesWith(fetched, onMain), Message = "What the golden path brought" },
        };
        return github.PushAsync(fetched, push, cancellationToken);
    }

    private async Task<PullRequest> ShowAsync(
        Repository repository, GoldenPathLock from, GoldenPathUpdatePlan plan, PullRequest? newest, CancellationToken cancellationToken)
    {
        var (title, body) = (UpdateText.Title(from, desired.Target), UpdateText.Body(from, plan, desired.BelongsTo));
        if (newest is not { State: PullRequestState.Open })
        {
            var request = new NewPullRequest { Title = title, Body = body, Head = Branch, Base = repository.DefaultBranch };
            return await github.PullRequests.CreateAsync(repository, request, cancellationToken);
        }

        // People may have written into it: it is written anew only where it says something else than before.
        return newest.Body.Contains(UpdateText.Sign(desired.Target), StringComparison.Ordinal)
            ? newest
            : await github.PullRequests.UpdateAsync(repository, newest.Number, new PullRequestChange { Title = title, Body = body }, cancellationToken);
    }

    private async Task EndAsync(Repository repository, UpdateBranch branch, CancellationToken cancellationToken)
    {
        if (branch.Newest is { State: PullRequestState.Open } open)
        {
            // Without its sign: nobody declined what it brought.
            var taken = new PullRequestChange { State = PullRequestState.Closed, Body = UpdateText.TakenBack };
            await github.PullRequests.UpdateAsync(repository, open.Number, taken, cancellationToken);
        }

        if (branch is { Head: { } head, HasPeoplesWork: false })
        {
            await github.DeleteBranchAsync(repository, Branch, head, cancellationToken);
        }
    }
}
