using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>Compares the settings that the platform decides with those of a repository.</summary>
internal static class RepositorySettingsPlan
{
    /// <summary>What differs of what is wanted; a setting that GitHub does not show is unknown, and no difference.</summary>
    public static RepositorySettings Difference(RepositorySettings wanted, Repository live) => new()
    {
        Homepage = wanted.Homepage is { } homepage && homepage != (live.Homepage ?? "") ? homepage : null,
        DeleteBranchOnMerge = Differing(wanted.DeleteBranchOnMerge, live.DeleteBranchOnMerge),
        AllowSquashMerge = Differing(wanted.AllowSquashMerge, live.AllowSquashMerge),
        AllowMergeCommit = Differing(wanted.AllowMergeCommit, live.AllowMergeCommit),
        AllowRebaseMerge = Differing(wanted.AllowRebaseMerge, live.AllowRebaseMerge),
        AllowAutoMerge = Differing(wanted.AllowAutoMerge, live.AllowAutoMerge),
        HasIssues = Differing(wanted.HasIssues, live.HasIssues),
        HasWiki = Differing(wanted.HasWiki, live.HasWiki),
        HasProjects = Differing(wanted.HasProjects, live.HasProjects),
    };

    /// <summary>Whether nothing is to be set.</summary>
    public static bool IsEmpty(RepositorySettings settings) => settings == new RepositorySettings();

    /// <summary>Description and visibility of one, everything else of the other.</summary>
    public static RepositorySettings Join(RepositorySettings core, RepositorySettings rest) =>
        rest with { Description = core.Description, Visibility = core.Visibility };

    /// <summary>Names what is to be set, as GitHub does.</summary>
    public static string Name(RepositorySettings settings) => string.Join(", ", Names(settings));

    private static IEnumerable<string> Names(RepositorySettings settings) =>
        ((IEnumerable<(string Name, object? Value)>)
        [
            ("homepage", settings.Homepage),
            ("delete_branch_on_merge", settings.DeleteBranchOnMerge),
            ("allow_squash_merge", settings.AllowSquashMerge),
            ("allow_merge_commit", settings.AllowMergeCommit),
            ("allow_rebase_merge", settings.AllowRebaseMerge),
            ("allow_auto_merge", settings.AllowAutoMerge),
            ("has_issues", settings.HasIssues),
            ("has_wiki", settings.HasWiki),
            ("has_projects", settings.HasProjects),
        ]).Where(each => each.Value is not null).Select(each => each.Name);

    private static bool? Differing(bool? wanted, bool? live) => wanted is not null && live is not null && wanted != live ? wanted : null;
}
