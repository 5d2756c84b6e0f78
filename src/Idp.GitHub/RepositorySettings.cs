namespace Idp.GitHub;

/// <summary>The settings of a repository to be changed; null leaves a setting alone.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#update-a-repository"/>.</remarks>
public sealed record RepositorySettings
{
    /// <summary>The description; the empty string removes it.</summary>
    public string? Description { get; init; }

    /// <summary>The URL shown beside the description; the empty string removes it.</summary>
    public string? Homepage { get; init; }

    /// <summary>Who may see it.</summary>
    public RepositoryVisibility? Visibility { get; init; }

    /// <summary>Whether it is read-only.</summary>
    public bool? Archived { get; init; }

    /// <summary>The branch that clones check out; it has to exist.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>What is to be on or off; one of the ways to merge has to stay. GitHub ignores what the plan lacks.</summary>
    public RepositorySwitches Switches { get; init; } = RepositorySwitches.None;
}

/// <summary>A repository to be made in an organisation; it starts empty.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#create-an-organization-repository"/>.</remarks>
public sealed record NewRepository
{
    /// <summary>The name within the organisation: letters, digits, <c>.</c>, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The description, or null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The URL shown beside the description, or null for none.</summary>
    public string? Homepage { get; init; }

    /// <summary>Who may see it.</summary>
    public RepositoryVisibility Visibility { get; init; } = RepositoryVisibility.Private;

    /// <summary>Whether merged branches are deleted; null leaves it to the organisation.</summary>
    public bool? DeleteBranchOnMerge { get; init; }

    /// <summary>Whether it has issues; null leaves it to GitHub.</summary>
    public bool? HasIssues { get; init; }

    /// <summary>Whether it has projects; null leaves it to GitHub.</summary>
    public bool? HasProjects { get; init; }

    /// <summary>Whether it has a wiki; null leaves it to GitHub.</summary>
    public bool? HasWiki { get; init; }
}
