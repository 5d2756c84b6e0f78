namespace Idp.GitHub;

/// <summary>A repository as GitHub writes it, cut down to what we read.</summary>
internal sealed record RepositoryBody
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required OwnerBody Owner { get; init; }
    public string? Description { get; init; }
    public string? Homepage { get; init; }
    public RepositoryVisibility? Visibility { get; init; }
    public bool Private { get; init; }
    public string? DefaultBranch { get; init; }
    public string? HtmlUrl { get; init; }
    public string? CloneUrl { get; init; }
    public bool Archived { get; init; }
    public IReadOnlyList<string>? Topics { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public bool? DeleteBranchOnMerge { get; init; }
    public bool? AllowSquashMerge { get; init; }
    public bool? AllowMergeCommit { get; init; }
    public bool? AllowRebaseMerge { get; init; }
    public bool? AllowAutoMerge { get; init; }
    public bool? HasIssues { get; init; }
    public bool? HasProjects { get; init; }
    public bool? HasWiki { get; init; }

    public Repository ToRepository() => new()
    {
        Id = Id,
        Owner = Owner.Login,
        Name = Name,
        Description = OrNull(Description),
        Homepage = OrNull(Homepage),
        Visibility = Visibility ?? (Private ? RepositoryVisibility.Private : RepositoryVisibility.Public),
        DefaultBranch = DefaultBranch ?? "main",
        HtmlUrl = HtmlUrl ?? "",
        CloneUrl = CloneUrl ?? "",
        Archived = Archived,
        Topics = Topics ?? [],
        CreatedAt = CreatedAt ?? default,
        DeleteBranchOnMerge = DeleteBranchOnMerge,
        AllowSquashMerge = AllowSquashMerge,
        AllowMergeCommit = AllowMergeCommit,
        AllowRebaseMerge = AllowRebaseMerge,
        AllowAutoMerge = AllowAutoMerge,
        HasIssues = HasIssues,
        HasProjects = HasProjects,
        HasWiki = HasWiki,
    };

    // GitHub shows a removed text as null or as the empty string, by the way it was removed.
    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>The owner of a repository.</summary>
internal sealed record OwnerBody(string Login);

/// <summary>A repository to be made from a template; of who may see it GitHub knows only this here.</summary>
internal sealed record GenerateBody(string Owner, string Name, string? Description, bool Private, bool IncludeAllBranches);

/// <summary>The topics of a repository.</summary>
internal sealed record TopicsBody(IReadOnlyList<string> Names);
