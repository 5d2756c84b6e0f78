using System.Text.Json;

namespace Idp.GitHub;

/// <summary>A repository between Octokit's models and ours.</summary>
internal static class RepositoryModel
{
    /// <summary>Returns what GitHub showed by this call.</summary>
    /// <exception cref="JsonException">It is no repository.</exception>
    public static Repository Read(Octokit.Repository model, GitHubCallContext call)
    {
        if (model is not { Id: > 0, Name.Length: > 0, Owner.Login.Length: > 0 })
        {
            throw new JsonException("A repository has a number, a name and an owner.");
        }

        // Octokit's model has no has_projects, and takes what GitHub did not say of the other two for a no.
        var switches = call.Answer!.Read(GitHubJson.Default.FeatureFlags);
        return new Repository
        {
            Id = model.Id,
            Owner = model.Owner.Login,
            Name = model.Name,
            Description = OrNull(model.Description),
            Homepage = OrNull(model.Homepage),
            Visibility = VisibilityOf(model),
            DefaultBranch = model.DefaultBranch ?? "main",
            HtmlUrl = model.HtmlUrl ?? "",
            CloneUrl = model.CloneUrl ?? "",
            Archived = model.Archived,
            Topics = model.Topics ?? [],
            CreatedAt = model.CreatedAt,
            DeleteBranchOnMerge = model.DeleteBranchOnMerge,
            AllowSquashMerge = model.AllowSquashMerge,
            AllowMergeCommit = model.AllowMergeCommit,
            AllowRebaseMerge = model.AllowRebaseMerge,
            AllowAutoMerge = model.AllowAutoMerge,
            HasIssues = switches.HasIssues,
            HasProjects = switches.HasProjects,
            HasWiki = switches.HasWiki,
        };
    }

    public static Octokit.NewRepository ToOctokit(this NewRepository repository) => new(repository.Name)
    {
        Description = repository.Description,
        Homepage = repository.Homepage,
        Visibility = repository.Visibility.ToOctokit(),
        DeleteBranchOnMerge = repository.DeleteBranchOnMerge,
        HasIssues = repository.HasIssues,
        HasProjects = repository.HasProjects,
        HasWiki = repository.HasWiki,
    };

    public static Octokit.RepositoryUpdate ToOctokit(this RepositorySettings settings) => new()
    {
        Description = settings.Description,
        Homepage = settings.Homepage,
        Visibility = settings.Visibility?.ToOctokit(),
        Archived = settings.Archived,
        DefaultBranch = settings.DefaultBranch,
        DeleteBranchOnMerge = settings.DeleteBranchOnMerge,
        AllowSquashMerge = settings.AllowSquashMerge,
        AllowMergeCommit = settings.AllowMergeCommit,
        AllowRebaseMerge = settings.AllowRebaseMerge,
        AllowAutoMerge = settings.AllowAutoMerge,
        HasIssues = settings.HasIssues,
        HasProjects = settings.HasProjects,
        HasWiki = settings.HasWiki,
    };

    private static Octokit.RepositoryVisibility ToOctokit(this RepositoryVisibility visibility) => visibility switch
    {
        RepositoryVisibility.Public => Octokit.RepositoryVisibility.Public,
        RepositoryVisibility.Internal => Octokit.RepositoryVisibility.Internal,
        _ => Octokit.RepositoryVisibility.Private,
    };

    private static RepositoryVisibility VisibilityOf(Octokit.Repository model) => model.Visibility switch
    {
        Octokit.RepositoryVisibility.Internal => RepositoryVisibility.Internal,
        Octokit.RepositoryVisibility.Private => RepositoryVisibility.Private,
        Octokit.RepositoryVisibility.Public => RepositoryVisibility.Public,
        _ => model.Private ? RepositoryVisibility.Private : RepositoryVisibility.Public,
    };

    // GitHub shows a removed text as null or as the empty string, by the way it was removed.
    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>The settings of a repository that Octokit's model loses.</summary>
internal sealed record FeatureFlags(bool? HasIssues, bool? HasProjects, bool? HasWiki);
