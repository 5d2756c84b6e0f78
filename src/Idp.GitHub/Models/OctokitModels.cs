using System.Text.Json;
using System.Text.Json.Nodes;

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

            // Octokit's model knows not all of them, and takes what GitHub did not say for a no.
            Switches = RepositorySwitches.Read(call.Answer!.Read(GitHubJson.Default.JsonElement)),
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

    public static Octokit.RepositoryUpdate ToOctokit(this RepositorySettings settings)
    {
        var body = new JsonObject();
        foreach (var (name, value) in new[]
        {
            ("description", settings.Description),
            ("homepage", settings.Homepage),
            ("visibility", settings.Visibility?.ToString().ToLowerInvariant()),
            ("default_branch", settings.DefaultBranch),
        })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        foreach (var (name, on) in settings.Archived is { } archived ? settings.Switches.Prepend(new("archived", archived)) : settings.Switches)
        {
            body[name] = on;
        }

        return new RepositoryChange(body);
    }

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

/// <summary>A change with a body of our own: Octokit's cannot say all that is on or off.</summary>
internal sealed class RepositoryChange(JsonObject body) : Octokit.RepositoryUpdate
{
    public JsonObject Body => body;
}
