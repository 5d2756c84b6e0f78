namespace Idp.GitHub;

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
