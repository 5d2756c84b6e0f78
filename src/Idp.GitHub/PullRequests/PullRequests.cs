using System.Net;
using Octokit;

namespace Idp.GitHub;

/// <summary>What people are asked to take over into a branch, and what the checks say of it.</summary>
/// <remarks>
/// <para>
/// Guarantees: those of <see cref="GitHubClient"/>, whose <see cref="GitHubClient.PullRequests"/> this is. To make one counts as creating content,
/// as GitHub counts it.
/// </para>
/// <para>
/// Assumptions: the permissions <c>pull_requests: write</c>, <c>checks: read</c> and <c>statuses: read</c>. See
/// <see href="https://docs.github.com/en/rest/pulls/pulls"/>.
/// </para>
/// </remarks>
public sealed class PullRequests
{
    /// <summary>The most characters that GitHub takes as the text of one.</summary>
    public const int MaxBody = 65_536;

    /// <summary>The most characters that GitHub takes as the title of one.</summary>
    public const int MaxTitle = 256;

    private const int PageSize = 100;
    private readonly GitHubCalls _calls;

    internal PullRequests(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns the newest one of that branch of the repository, whatever became of it; null without any.</summary>
    /// <remarks>
    /// One of a fork's branch of the same name is none of them. See
    /// <see href="https://docs.github.com/en/rest/pulls/pulls#list-pull-requests"/>.
    /// </remarks>
    public Task<PullRequest?> FindNewestAsync(Repository repository, string headBranch, CancellationToken cancellationToken) =>
        FindNewestAsync(repository, headBranch, baseBranch: null, cancellationToken);

    /// <summary>The same, of those alone that one branch is to take over; null for any.</summary>
    public async Task<PullRequest?> FindNewestAsync(Repository repository, string headBranch, string? baseBranch, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckBranch(headBranch);
        var wanted = new PullRequestRequest
        {
            State = ItemStateFilter.All,
            Head = $"{repository.Owner}:{headBranch}",
            Base = baseBranch,
            SortProperty = PullRequestSort.Created,
            SortDirection = SortDirection.Descending,
        };
        for (var page = 1; ; page++)
        {
            var call = new GitHubCallContext(PullRequestOperations.List, $"list the pull requests of branch {headBranch} of {repository.FullName}");
            var options = new ApiOptions { PageSize = PageSize, PageCount = 1, StartPage = page };
            var part = await _calls.RunAsync(
                call, client => client.PullRequest.GetAllForRepository(repository.Owner, repository.Name, wanted, options), cancellationToken);

            // The owner may have a fork of it beside it, and a server that does not know the filter shows all.
            if (part.FirstOrDefault(each => each.Head?.Repository?.Id == repository.Id && each.Head.Ref == headBranch
                && (baseBranch is null || each.Base?.Ref == baseBranch)) is { } found)
            {
                return PullRequestModel.Read(found);
            }

            if (part.Count < PageSize)
            {
                return null;
            }
        }
    }

    /// <summary>Returns the one of that number; null where there is none.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request"/>.</remarks>
    public Task<PullRequest?> GetAsync(Repository repository, int number, CancellationToken cancellationToken)
    {
        Check(repository, number);
        var call = new GitHubCallContext(PullRequestOperations.Get, $"show pull request {number} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Gone],
        };
        return _calls.FindAsync(
            call, async client => PullRequestModel.Read(await client.PullRequest.Get(repository.Owner, repository.Name, number)), cancellationToken);
    }

    /// <summary>Makes one; not to be repeated without looking, for GitHub refuses a second one of the same branches.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request"/>.</remarks>
    /// <exception cref="GitHubConflictException">There is an open one already; look for it.</exception>
    /// <exception cref="GitHubValidationException">There is no such branch, or nothing on it that the other has not.</exception>
    public Task<PullRequest> CreateAsync(Repository repository, NewPullRequest wanted, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckBranch(wanted.Head);
        GitHubNames.CheckBranch(wanted.Base);
        CheckText(wanted.Title, wanted.Body);
        var call = new GitHubCallContext(
            PullRequestOperations.Create, $"make a pull request of branch {wanted.Head} for {wanted.Base} in {repository.FullName}");
        var body = new Octokit.NewPullRequest(wanted.Title, wanted.Head, wanted.Base) { Body = wanted.Body };
        return _calls.RunAsync(
            call, async client => PullRequestModel.Read(await client.PullRequest.Create(repository.Owner, repository.Name, body)), cancellationToken);
    }

    /// <summary>Changes one, and returns it as it is then.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request"/>.</remarks>
    /// <exception cref="GitHubValidationException">It cannot be opened again: it was merged, or its branch is gone.</exception>
    public Task<PullRequest> UpdateAsync(Repository repository, int number, PullRequestChange change, CancellationToken cancellationToken)
    {
        Check(repository, number);
        CheckText(change.Title, change.Body);
        var body = new PullRequestUpdate
        {
            Title = change.Title,
            Body = change.Body,
            State = change.State switch
            {
                PullRequestState.Open => ItemState.Open,
                PullRequestState.Closed => ItemState.Closed,
                null => null,
                _ => throw GitHubNames.Invalid("a pull request is not merged by changing it"),
            },
        };
        var call = new GitHubCallContext(PullRequestOperations.Update, $"change pull request {number} of {repository.FullName}");
        return _calls.RunAsync(
            call, async client => PullRequestModel.Read(await client.PullRequest.Update(repository.Owner, repository.Name, number, body)), cancellationToken);
    }

    /// <summary>Returns what the newest check runs and the commit statuses say of a commit, all of them together.</summary>
    /// <remarks>
    /// See <see href="https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference"/> and
    /// <see href="https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference"/>.
    /// </remarks>
    public async Task<ChecksState> FindChecksAsync(Repository repository, string sha, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckSha(sha);
        var purpose = $"show what the checks say of commit {sha} of {repository.FullName}";
        var states = new List<ChecksState>();
        for (var (page, isLast) = (1, false); !isLast; page++)
        {
            var options = new ApiOptions { PageSize = PageSize, PageCount = 1, StartPage = page };
            var runs = await _calls.RunAsync(
                new GitHubCallContext(PullRequestOperations.ListCheckRuns, purpose),
                client => client.Check.Run.GetAllForReference(
                    repository.Owner, repository.Name, sha, new CheckRunRequest { Filter = CheckRunCompletedAtFilter.Latest }, options),
                cancellationToken);
            states.AddRange(runs.CheckRuns.Select(PullRequestModel.StateOf));
            isLast = runs.CheckRuns.Count < PageSize;
        }

        var combined = await _calls.RunAsync(
            new GitHubCallContext(PullRequestOperations.GetCombinedStatus, purpose),
            client => client.Repository.Status.GetCombined(repository.Owner, repository.Name, sha),
            cancellationToken);
        return PullRequestModel.Together([.. states, PullRequestModel.StateOf(combined)]);
    }

    private static void Check(Repository repository, int number)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckId(number, "a pull request");
    }

    private static void CheckText(string? title, string? body)
    {
        if (title is { Length: 0 or > MaxTitle })
        {
            throw GitHubNames.Invalid($"the title of a pull request has up to {MaxTitle} characters");
        }

        if (body is { Length: > MaxBody })
        {
            throw GitHubNames.Invalid($"the text of a pull request has up to {MaxBody} characters");
        }
    }
}
