using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// Writes a repository as GitHub does: every member of <c>full-repository</c> that its description requires.
/// </summary>
internal sealed class RepositoryJson(Uri baseAddress)
{
    // The links of a repository are its own address and a tail; some of the tails are templates.
    private static readonly (string Name, string Tail)[] Links =
    [
        ("archive_url", "/{archive_format}{/ref}"),
        ("assignees_url", "/assignees{/user}"),
        ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"),
        ("collaborators_url", "/collaborators{/collaborator}"),
        ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"),
        ("compare_url", "/compare/{base}...{head}"),
        ("contents_url", "/contents/{+path}"),
        ("contributors_url", "/contributors"),
        ("deployments_url", "/deployments"),
        ("downloads_url", "/downloads"),
        ("events_url", "/events"),
        ("forks_url", "/forks"),
        ("git_commits_url", "/git/commits{/sha}"),
        ("git_refs_url", "/git/refs{/sha}"),
        ("git_tags_url", "/git/tags{/sha}"),
        ("hooks_url", "/hooks"),
        ("issue_comment_url", "/issues/comments{/number}"),
        ("issue_events_url", "/issues/events{/number}"),
        ("issues_url", "/issues{/number}"),
        ("keys_url", "/keys{/key_id}"),
        ("labels_url", "/labels{/name}"),
        ("languages_url", "/languages"),
        ("merges_url", "/merges"),
        ("milestones_url", "/milestones{/number}"),
        ("notifications_url", "/notifications{?since,all,participating}"),
        ("pulls_url", "/pulls{/number}"),
        ("releases_url", "/releases{/id}"),
        ("stargazers_url", "/stargazers"),
        ("statuses_url", "/statuses/{sha}"),
        ("subscribers_url", "/subscribers"),
        ("subscription_url", "/subscription"),
        ("tags_url", "/tags"),
        ("teams_url", "/teams"),
        ("trees_url", "/git/trees{/sha}"),
    ];

    private static readonly string[] Counters =
    [
        "forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers",
        "watchers_count", "network_count", "subscribers_count",
    ];

    private static readonly string[] OrganisationCounters = ["public_repos", "public_gists", "followers", "following"];

    private static readonly (string Name, string Tail)[] OwnerLinks =
    [
        ("followers_url", "/followers"),
        ("following_url", "/following{/other_user}"),
        ("gists_url", "/gists{/gist_id}"),
        ("starred_url", "/starred{/owner}{/repo}"),
        ("subscriptions_url", "/subscriptions"),
        ("organizations_url", "/orgs"),
        ("repos_url", "/repos"),
        ("events_url", "/events{/privacy}"),
        ("received_events_url", "/received_events"),
    ];

    /// <summary>The address of a repository in the API.</summary>
    public string Api(RepositoryState state) => $"{baseAddress}repos/{state.FullName}";

    /// <summary>The address of a repository for people.</summary>
    public string Page(RepositoryState state) => $"{baseAddress}{state.FullName}";

    /// <summary>An opaque name, as GitHub gives to everything.</summary>
    public static string NodeId(string kind, string id) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{kind}:{id}"));

    public static JsonNode Date(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The repository, with the template that it was made from.</summary>
    public JsonObject Full(RepositoryState state, RepositoryState? template)
    {
        var json = Full(state);
        if (template is not null)
        {
            json["template_repository"] = Full(template);
        }

        return json;
    }

    public JsonObject Full(RepositoryState state)
    {
        var json = new JsonObject
        {
            ["id"] = state.Id,
            ["node_id"] = NodeId("Repository", state.Id.ToString(CultureInfo.InvariantCulture)),
            ["name"] = state.Name,
            ["full_name"] = state.FullName,
            ["owner"] = Owner(state.Owner),
            ["organization"] = Owner(state.Owner),
            ["private"] = state.Visibility != "public",
            ["visibility"] = state.Visibility,
            ["description"] = state.Description,
            ["homepage"] = state.Homepage,
            ["default_branch"] = state.DefaultBranch,
            ["archived"] = state.Archived,
            ["is_template"] = state.IsTemplate,
            ["topics"] = new JsonArray([.. state.Topics.Select(topic => (JsonNode)topic)]),
            ["created_at"] = Date(state.CreatedAt),
            ["updated_at"] = Date(state.UpdatedAt),
            ["pushed_at"] = Date(state.PushedAt),
        };
        AddAddresses(json, state);
        AddConstants(json);
        json["custom_properties"] = new JsonObject(
            state.Administration.Properties.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        foreach (var (name, value) in state.Switches)
        {
            json[name] = value;
        }

        return json;
    }

    private void AddAddresses(JsonObject json, RepositoryState state)
    {
        json["url"] = Api(state);
        json["html_url"] = Page(state);
        json["clone_url"] = $"{Page(state)}.git";
        json["git_url"] = $"git://{baseAddress.Authority}/{state.FullName}.git";
        json["ssh_url"] = $"git@{baseAddress.Host}:{state.FullName}.git";
        json["svn_url"] = Page(state);
        foreach (var (name, tail) in Links)
        {
            json[name] = Api(state) + tail;
        }
    }

    private static void AddConstants(JsonObject json)
    {
        json["fork"] = false;
        json["disabled"] = false;
        json["has_pages"] = false;
        json["has_downloads"] = true;
        json["language"] = null;
        json["license"] = null;
        json["mirror_url"] = null;
        json["temp_clone_token"] = "";
        json["use_squash_pr_title_as_default"] = false;
        json["squash_merge_commit_title"] = "COMMIT_OR_PR_TITLE";
        json["squash_merge_commit_message"] = "COMMIT_MESSAGES";
        json["merge_commit_title"] = "MERGE_MESSAGE";
        json["merge_commit_message"] = "PR_TITLE";
        json["permissions"] = new JsonObject
        {
            ["admin"] = true,
            ["maintain"] = true,
            ["push"] = true,
            ["triage"] = true,
            ["pull"] = true,
        };
        foreach (var counter in Counters)
        {
            json[counter] = 0;
        }
    }

    /// <summary>An organisation as a team shows it: <c>team-organization</c>.</summary>
    public JsonObject OrganisationFull(string login)
    {
        var json = new JsonObject
        {
            ["login"] = login,
            ["id"] = OwnerId(login),
            ["node_id"] = NodeId("Organization", login),
            ["url"] = $"{baseAddress}orgs/{login}",
            ["html_url"] = $"{baseAddress}{login}",
            ["repos_url"] = $"{baseAddress}orgs/{login}/repos",
            ["events_url"] = $"{baseAddress}orgs/{login}/events",
            ["hooks_url"] = $"{baseAddress}orgs/{login}/hooks",
            ["issues_url"] = $"{baseAddress}orgs/{login}/issues",
            ["members_url"] = $"{baseAddress}orgs/{login}/members{{/member}}",
            ["public_members_url"] = $"{baseAddress}orgs/{login}/public_members{{/member}}",
            ["avatar_url"] = $"{baseAddress}avatars/{login}",
            ["description"] = null,
            ["has_organization_projects"] = true,
            ["has_repository_projects"] = true,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = "2026-01-01T00:00:00Z",
            ["archived_at"] = null,
            ["type"] = "Organization",
        };
        foreach (var counter in OrganisationCounters)
        {
            json[counter] = 0;
        }

        return json;
    }

    /// <summary>A user as other answers hold them.</summary>
    public JsonObject User(string login, long id)
    {
        var json = Owner(login);
        json["id"] = id;
        json["type"] = "User";
        return json;
    }

    public JsonObject Owner(string login, string type = "Organization")
    {
        // An App's has brackets in it.
        var escaped = Uri.EscapeDataString(login);
        var json = new JsonObject
        {
            ["login"] = login,
            ["id"] = OwnerId(login),
            ["node_id"] = NodeId(type, login),
            ["avatar_url"] = $"{baseAddress}avatars/{escaped}",
            ["gravatar_id"] = "",
            ["url"] = $"{baseAddress}users/{escaped}",
            ["html_url"] = $"{baseAddress}{escaped}",
            ["type"] = type,
            ["user_view_type"] = "public",
            ["site_admin"] = false,
        };
        foreach (var (name, tail) in OwnerLinks)
        {
            json[name] = $"{baseAddress}users/{escaped}{tail}";
        }

        return json;
    }

    // The same for the same login, in every run.
    private static long OwnerId(string login) =>
        1 + login.Aggregate(0L, (sum, letter) => (sum * 31 + char.ToLowerInvariant(letter)) % 1_000_000);
}
