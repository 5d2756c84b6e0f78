namespace Idp.GitHub;

/// <summary>A pull request as GitHub last showed it.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request"/>.</remarks>
public sealed record PullRequest
{
    /// <summary>The number by which the repository knows it.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is still to be decided.</summary>
    public required PullRequestState State { get; init; }

    /// <summary>The page for people.</summary>
    public required string Url { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The text, in Markdown; empty without one.</summary>
    public required string Body { get; init; }

    /// <summary>The branch that is to be taken over.</summary>
    public required string HeadBranch { get; init; }

    /// <summary>The last commit of that branch; of one that is closed, the last that it had then.</summary>
    public required string HeadSha { get; init; }

    /// <summary>The branch that is to take it over.</summary>
    public required string BaseBranch { get; init; }

    /// <summary>The commit that took it over; null where none did.</summary>
    public string? MergeCommit { get; init; }

    /// <summary>Whether it is not yet to be looked at.</summary>
    public bool Draft { get; init; }

    /// <summary>Whether it goes together with the branch that is to take it over; null while GitHub does not know.</summary>
    public bool? IsMergeable { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was decided; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>Whether a pull request is still to be decided.</summary>
public enum PullRequestState
{
    /// <summary>It is.</summary>
    Open,

    /// <summary>It was closed without being merged.</summary>
    Closed,

    /// <summary>It was merged.</summary>
    Merged,
}

/// <summary>A pull request to be made, of one branch of a repository for another of the same.</summary>
public sealed record NewPullRequest
{
    /// <summary>The title; at most <see cref="PullRequests.MaxTitle"/> characters.</summary>
    public required string Title { get; init; }

    /// <summary>The text, in Markdown; at most <see cref="PullRequests.MaxBody"/> characters.</summary>
    public required string Body { get; init; }

    /// <summary>The branch that is to be taken over.</summary>
    public required string Head { get; init; }

    /// <summary>The branch that is to take it over.</summary>
    public required string Base { get; init; }
}

/// <summary>What is to become of a pull request; what is null stays.</summary>
public sealed record PullRequestChange
{
    /// <summary>The title; at most <see cref="PullRequests.MaxTitle"/> characters.</summary>
    public string? Title { get; init; }

    /// <summary>The text, in Markdown; at most <see cref="PullRequests.MaxBody"/> characters.</summary>
    public string? Body { get; init; }

    /// <summary><see cref="PullRequestState.Open"/> or <see cref="PullRequestState.Closed"/>.</summary>
    public PullRequestState? State { get; init; }
}

/// <summary>What the checks of a commit say, all of them together.</summary>
public enum ChecksState
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>None failed yet, and not all are done.</summary>
    Pending,

    /// <summary>All are done, and none failed.</summary>
    Passing,

    /// <summary>At least one failed, or was stopped.</summary>
    Failing,
}
