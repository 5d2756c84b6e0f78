using System.Text.Json;
using Octokit;

namespace Idp.GitHub;

/// <summary>Pull requests and checks between Octokit's models and ours. Pure.</summary>
internal static class PullRequestModel
{
    /// <summary>Returns what GitHub showed.</summary>
    /// <exception cref="JsonException">It is no pull request.</exception>
    public static PullRequest Read(Octokit.PullRequest model)
    {
        if (model is not { Number: > 0, Head: { Ref.Length: > 0, Sha.Length: > 0 }, Base.Ref.Length: > 0 })
        {
            throw new JsonException("A pull request has a number and two branches.");
        }

        // Before it is merged, the commit of a merge is one that GitHub only tried.
        return new PullRequest
        {
            Number = model.Number,
            State = model.MergedAt is not null ? PullRequestState.Merged
                : model.State.StringValue == "open" ? PullRequestState.Open
                : PullRequestState.Closed,
            Url = model.HtmlUrl ?? "",
            Title = model.Title ?? "",
            Body = model.Body ?? "",
            HeadBranch = model.Head.Ref,
            HeadSha = model.Head.Sha,
            BaseBranch = model.Base.Ref,
            MergeCommit = model.MergedAt is null ? null : model.MergeCommitSha,
            Draft = model.Draft,
            IsMergeable = model.Mergeable,
            CreatedAt = model.CreatedAt,
            ClosedAt = model.ClosedAt,
        };
    }

    /// <summary>What one check run says. A conclusion that is not known yet is no success.</summary>
    public static ChecksState StateOf(CheckRun run) => run.Status.StringValue != "completed" ? ChecksState.Pending : run.Conclusion?.StringValue switch
    {
        "success" or "neutral" or "skipped" => ChecksState.Passing,
        _ => ChecksState.Failing,
    };

    /// <summary>What the commit statuses say.</summary>
    /// <remarks>Without any, GitHub calls it pending as well.</remarks>
    public static ChecksState StateOf(CombinedCommitStatus statuses) => statuses.TotalCount == 0 ? ChecksState.None : statuses.State.StringValue switch
    {
        "success" => ChecksState.Passing,
        "pending" => ChecksState.Pending,
        _ => ChecksState.Failing,
    };

    /// <summary>What several say together: one that failed decides, then one that is not done.</summary>
    public static ChecksState Together(IReadOnlyCollection<ChecksState> states) =>
        states.Contains(ChecksState.Failing) ? ChecksState.Failing
        : states.Contains(ChecksState.Pending) ? ChecksState.Pending
        : states.Contains(ChecksState.Passing) ? ChecksState.Passing
        : ChecksState.None;
}
