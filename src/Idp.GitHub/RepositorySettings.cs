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
