using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Writes pull requests as GitHub does.</summary>
internal sealed class PullRequestJson(RepositoryJson repositories)
{
    /// <summary>The address in the API.</summary>
    public string Url(RepositoryState state, StoredPullRequest pull) => $"{repositories.Api(state)}/pulls/{pull.Number}";

    /// <summary>Who did something: a person, or the App.</summary>
    public JsonObject Actor(string login) => repositories.Owner(login, login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User");

    /// <summary>How it stands to the repository.</summary>
    public static string Association(string login) => login == PullRequestEndpoints.App ? "CONTRIBUTOR" : "MEMBER";

    /// <summary>As it is shown alone.</summary>
    public JsonObject Full(StoredRepository repository, StoredPullRequest pull)
    {
        var json = Simple(repository, pull);
        var (files, added, deleted) = repository.Git.Changes(pull.BaseSha, pull.HeadSha);
        json["merged"] = pull.IsMerged;
        json["mergeable"] = pull.Mergeable;
        json["rebaseable"] = pull.Mergeable;
        json["mergeable_state"] = pull switch
        {
            { IsMerged: true } or { Mergeable: null } => "unknown",
            { Mergeable: false } => "dirty",
            { Draft: true } => "draft",
            _ => "clean",
        };
        json["merged_by"] = pull.MergedBy is { } who ? Actor(who) : null;
        json["comments"] = repository.State.Pulls.Comments.Count(comment => comment.Number == pull.Number);
        json["review_comments"] = 0;
        json["maintainer_can_modify"] = false;
        json["commits"] = repository.Git.CommitsBetween(pull.BaseSha, pull.HeadSha).Count;
        json["additions"] = added;
        json["deletions"] = deleted;
        json["changed_files"] = files;
        return json;
    }

    /// <summary>As lists show it.</summary>
    public JsonObject Simple(StoredRepository repository, StoredPullRequest pull)
    {
        var state = repository.State;
        var (api, page) = (Url(state, pull), $"{repositories.Page(state)}/pull/{pull.Number}");
        var issue = $"{repositories.Api(state)}/issues/{pull.Number}";
        var statuses = $"{repositories.Api(state)}/statuses/{pull.HeadSha}";
        var json = new JsonObject
        {
            ["id"] = (state.Id * 100_000) + pull.Number,
            ["node_id"] = RepositoryJson.NodeId("PullRequest", string.Create(CultureInfo.InvariantCulture, $"{state.Id}:{pull.Number}")),
            ["number"] = pull.Number,
            ["state"] = pull.IsOpen ? "open" : "closed",
            ["locked"] = false,
            ["title"] = pull.Title,
            ["body"] = pull.Body,
            ["user"] = Actor(pull.Author),
            ["created_at"] = RepositoryJson.Date(pull.CreatedAt),
            ["updated_at"] = RepositoryJson.Date(pull.UpdatedAt),
            ["closed_at"] = Date(pull.ClosedAt),
            ["merged_at"] = Date(pull.MergedAt),
            ["merge_commit_sha"] = pull.MergeCommit,
            ["draft"] = pull.Draft,
            ["head"] = Side(state, pull.Head, pull.HeadSha),
            ["base"] = Side(state, pull.Base, pull.BaseSha),
            ["author_association"] = Association(pull.Author),
            ["auto_merge"] = null,
            ["active_lock_reason"] = null,
            ["assignee"] = null,
            ["milestone"] = null,
            ["url"] = api,
            ["html_url"] = page,
            ["diff_url"] = $"{page}.diff",
            ["patch_url"] = $"{page}.patch",
            ["issue_url"] = issue,
            ["commits_url"] = $"{api}/commits",
            ["review_comments_url"] = $"{api}/comments",
            ["review_comment_url"] = $"{repositories.Api(state)}/pulls/comments{{/number}}",
            ["comments_url"] = $"{issue}/comments",
            ["statuses_url"] = statuses,
            ["_links"] = Links(
                ("self", api), ("html", page), ("issue", issue), ("comments", $"{issue}/comments"), ("review_comments", $"{api}/comments"),
                ("review_comment", $"{repositories.Api(state)}/pulls/comments{{/number}}"), ("commits", $"{api}/commits"), ("statuses", statuses)),
        };
        foreach (var list in (string[])["assignees", "requested_reviewers", "requested_teams", "labels"])
        {
            json[list] = new JsonArray();
        }

        return json;
    }

    private JsonObject Side(RepositoryState state, string branch, string sha) => new()
    {
        ["label"] = $"{state.Owner}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = repositories.Owner(state.Owner),
        ["repo"] = repositories.Full(state),
    };

    private static JsonObject Links(params (string Name, string Address)[] links) =>
        new(links.Select(link => KeyValuePair.Create(link.Name, (JsonNode?)new JsonObject { ["href"] = link.Address })));

    private static JsonNode? Date(DateTimeOffset? date) => date is { } known ? RepositoryJson.Date(known) : null;
}
