using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories.Features;

/// <summary>The settings of a repository itself that <c>platform.yaml</c> decides. They go with one request, and come with the repository. Pure.</summary>
/// <remarks>A setting that is on or off is one line here, which says how GitHub calls it and where <c>platform.yaml</c> has it.</remarks>
internal static class RepositorySettingsFeature
{
    /// <summary>What people call them.</summary>
    public const string Name = "settings";

    private static readonly IReadOnlyList<(string Name, Func<GitHubRepositorySettings, bool?> Wanted)> Switches =
    [
        ("delete_branch_on_merge", settings => settings.DeleteBranchOnMerge),
        ("allow_squash_merge", settings => settings.Merge.Squash),
        ("allow_merge_commit", settings => settings.Merge.Merge),
        ("allow_rebase_merge", settings => settings.Merge.Rebase),
        ("allow_auto_merge", settings => settings.Merge.AutoMerge),
        ("has_issues", settings => settings.HasIssues),
        ("has_wiki", settings => settings.HasWiki),
        ("has_projects", settings => settings.HasProjects),
    ];

    /// <summary>What is wanted; what <c>platform.yaml</c> does not set is left alone.</summary>
    public static RepositorySettings Of(FeatureRequest request) => new()
    {
        Homepage = request.Fill(request.Settings.Homepage) is { Length: > 0 } homepage ? homepage : null,
        Switches = RepositorySwitches.Of(Switches.Select(each => (each.Name, each.Wanted(request.Settings)))),
    };

    /// <summary>What differs of what is wanted; a setting that GitHub does not show is unknown, and no difference.</summary>
    public static RepositorySettings Difference(RepositorySettings wanted, Repository live) => new()
    {
        Homepage = wanted.Homepage is { } homepage && homepage != (live.Homepage ?? "") ? homepage : null,
        Switches = RepositorySwitches.Of(Switches.Select(each =>
            (each.Name, live.Switches[each.Name] is { } present && wanted.Switches[each.Name] != present ? wanted.Switches[each.Name] : null))),
    };

    /// <summary>Whether nothing is to be set.</summary>
    public static bool IsEmpty(RepositorySettings settings) => settings == new RepositorySettings();

    /// <summary>Description and visibility of one, everything else of the other.</summary>
    public static RepositorySettings Join(RepositorySettings core, RepositorySettings rest) =>
        rest with { Description = core.Description, Visibility = core.Visibility };

    /// <summary>Names what is to be set, as GitHub does.</summary>
    public static IEnumerable<string> NamesOf(RepositorySettings settings) =>
        Switches.Select(each => each.Name).Where(name => settings.Switches[name] is not null)
            .Prepend(settings.Homepage is null ? "" : "homepage").Where(name => name.Length > 0);

    /// <summary>Keeps what GitHub answered to a change of settings, and says what it did not take.</summary>
    public static RepositoryOutcome Taken(RepositoryOutcome state, RepositorySettings wanted, Repository answer)
    {
        var ignored = Difference(wanted, answer);
        return state with
        {
            Repository = answer,
            Refusals = IsEmpty(ignored)
                ? state.Refusals
                : [.. state.Refusals, new FeatureRefusal(Name, Reasons.GitHubRefused, IgnoredMessage(answer, ignored))],
        };
    }

    private static string IgnoredMessage(Repository repository, RepositorySettings ignored) =>
        $"GitHub took the settings of {repository.FullName} without an error but not {string.Join(", ", NamesOf(ignored))}: "
        + "the plan or the organisation does not allow it; take it out of github.repository in platform.yaml, or allow it there.";
}
