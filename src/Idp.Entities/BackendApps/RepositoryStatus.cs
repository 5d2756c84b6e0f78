namespace Idp.Entities;

/// <summary>The repository as it was seen.</summary>
public sealed record RepositoryStatus
{
    /// <summary>GitHub's number for it, which outlives renames.</summary>
    public long Id { get; init; }

    /// <summary>The organisation.</summary>
    public string Owner { get => field ?? ""; init; }

    /// <summary>The name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>Its page on GitHub.</summary>
    public string Url { get => field ?? ""; init; }

    /// <summary>Where it is cloned from.</summary>
    public string CloneUrl { get => field ?? ""; init; }

    /// <summary>The default branch.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>The commit that brought the golden path.</summary>
    public string? Commit { get; init; }

    /// <summary>The golden path that it was made from.</summary>
    public TemplateStatus? Template { get; init; }
}
