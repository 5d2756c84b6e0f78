using System.Text.Json.Serialization;

namespace Idp.Sandbox.GitHub;

/// <summary>The pull requests of a repository, what is said in them, and what checks say of commits.</summary>
internal sealed record PullRequestsState
{
    /// <summary>The number that was given last.</summary>
    public int LastNumber { get; init; }

    /// <summary>The id that was given last to anything else.</summary>
    public long LastId { get; init; }

    public IReadOnlyList<StoredPullRequest> PullRequests { get; init; } = [];

    public IReadOnlyList<StoredComment> Comments { get; init; } = [];

    public IReadOnlyList<StoredCheckRun> CheckRuns { get; init; } = [];

    public IReadOnlyList<StoredStatus> Statuses { get; init; } = [];
}

/// <summary>A pull request of one branch for another of the same repository.</summary>
internal sealed record StoredPullRequest
{
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Body { get; init; }
    public required string Head { get; init; }
    public required string HeadSha { get; init; }
    public required string Base { get; init; }
    public required string BaseSha { get; init; }
    public bool IsOpen { get; init; } = true;
    public bool Draft { get; init; }
    public required string Author { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? MergedAt { get; init; }
    public string? MergedBy { get; init; }

    /// <summary>The commit that merged it; before that, the one that GitHub tried.</summary>
    public string? MergeCommit { get; init; }

    /// <summary>Whether it could be merged; null until GitHub has found out, which begins when somebody asks.</summary>
    public bool? Mergeable { get; init; }

    [JsonIgnore]
    public bool IsMerged => MergedAt is not null;

    [JsonIgnore]
    public string HeadRef => $"refs/heads/{Head}";

    [JsonIgnore]
    public string BaseRef => $"refs/heads/{Base}";
}

/// <summary>Something that somebody said in a pull request.</summary>
internal sealed record StoredComment(long Id, int Number, string Author, string Body, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What a check says of a commit.</summary>
internal sealed record StoredCheckRun
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string HeadSha { get; init; }
    public required string Status { get; init; }
    public string? Conclusion { get; init; }
    public string? DetailsUrl { get; init; }
    public string? ExternalId { get; init; }
    public string? Title { get; init; }
    public string? Summary { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>What one context says of a commit; the last one of a context counts.</summary>
internal sealed record StoredStatus(
    long Id, string Sha, string State, string Context, string? Description, string? TargetUrl, string Author, DateTimeOffset CreatedAt);
