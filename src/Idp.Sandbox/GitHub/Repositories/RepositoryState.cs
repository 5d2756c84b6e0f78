using System.Text.Json.Serialization;

namespace Idp.Sandbox.GitHub;

/// <summary>Everything about a repository that is not in Git; kept in a file beside it.</summary>
internal sealed record RepositoryState
{
    public required long Id { get; init; }
    public required string Owner { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public string? Homepage { get; init; }
    public string Visibility { get; init; } = "public";
    public string DefaultBranch { get; init; } = "main";
    public bool Archived { get; init; }
    public bool IsTemplate { get; init; }
    public IReadOnlyList<string> Topics { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset PushedAt { get; init; }

    /// <summary>The switches, such as <c>has_issues</c> and <c>delete_branch_on_merge</c>, by GitHub's name.</summary>
    public IReadOnlyDictionary<string, bool> Switches { get; init; } = DefaultSwitches;

    /// <summary>Earlier full names, which redirect here until somebody else takes them.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The number of the template that it was made from; null without one.</summary>
    public long? TemplateId { get; init; }

    /// <summary>The files of that template, while they are still to come.</summary>
    public TemplateContent? ToCome { get; init; }

    /// <summary>What it is beyond its files and its own settings.</summary>
    public AdministrationState Administration { get; init; } = new();

    /// <summary>Its pull requests, and what is said in them and of its commits.</summary>
    public PullRequestsState Pulls { get; init; } = new();

    /// <summary>The login of the person who made it, and so administers it; null if it was who administers everything.</summary>
    public string? Creator { get; init; }

    [JsonIgnore]
    public string FullName => $"{Owner}/{Name}";

    [JsonIgnore]
    public static IReadOnlyDictionary<string, bool> DefaultSwitches { get; } = new Dictionary<string, bool>
    {
        ["has_issues"] = true,
        ["has_projects"] = true,
        ["has_wiki"] = true,
        ["has_discussions"] = false,
        ["allow_squash_merge"] = true,
        ["allow_merge_commit"] = true,
        ["allow_rebase_merge"] = true,
        ["allow_auto_merge"] = false,
        ["allow_update_branch"] = false,
        ["allow_forking"] = true,
        ["delete_branch_on_merge"] = false,
        ["web_commit_signoff_required"] = false,
    };
}

/// <summary>How the state is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RepositoryState))]
internal sealed partial class RepositoryStateJson : JsonSerializerContext;
