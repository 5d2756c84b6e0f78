using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Writes checks and statuses as GitHub does.</summary>
internal sealed class CheckJson(RepositoryJson repositories, PullRequestJson pulls)
{
    public JsonObject Run(RepositoryState state, StoredCheckRun run)
    {
        var (api, page) = ($"{repositories.Api(state)}/check-runs/{run.Id}", $"{repositories.Page(state)}/runs/{run.Id}");
        return new JsonObject
        {
            ["id"] = run.Id,
            ["node_id"] = NodeId("CheckRun", state, run.Id),
            ["name"] = run.Name,
            ["head_sha"] = run.HeadSha,
            ["external_id"] = run.ExternalId ?? "",
            ["url"] = api,
            ["html_url"] = page,
            ["details_url"] = run.DetailsUrl ?? page,
            ["status"] = run.Status,
            ["conclusion"] = run.Conclusion,
            ["started_at"] = RepositoryJson.Date(run.StartedAt),
            ["completed_at"] = run.CompletedAt is { } time ? RepositoryJson.Date(time) : null,
            ["output"] = new JsonObject
            {
                ["title"] = run.Title,
                ["summary"] = run.Summary,
                ["text"] = null,
                ["annotations_count"] = 0,
                ["annotations_url"] = $"{api}/annotations",
            },
            ["check_suite"] = new JsonObject { ["id"] = state.Id },
            ["app"] = null,
            ["pull_requests"] = new JsonArray(),
        };
    }

    public JsonObject Status(RepositoryState state, StoredStatus status)
    {
        var json = SimpleStatus(state, status);
        json["creator"] = pulls.Actor(status.Author);
        return json;
    }

    public JsonObject Combined(RepositoryState state, string sha, string combined, List<StoredStatus> all, IEnumerable<StoredStatus> page) => new()
    {
        ["state"] = combined,
        ["statuses"] = new JsonArray([.. page.Select(status => SimpleStatus(state, status))]),
        ["sha"] = sha,
        ["total_count"] = all.Count,
        ["repository"] = repositories.Full(state),
        ["commit_url"] = $"{repositories.Api(state)}/commits/{sha}",
        ["url"] = $"{repositories.Api(state)}/commits/{sha}/status",
    };

    private JsonObject SimpleStatus(RepositoryState state, StoredStatus status) => new()
    {
        ["url"] = $"{repositories.Api(state)}/statuses/{status.Sha}",
        ["avatar_url"] = pulls.Actor(status.Author)["avatar_url"]!.DeepClone(),
        ["id"] = status.Id,
        ["node_id"] = NodeId("StatusContext", state, status.Id),
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = RepositoryJson.Date(status.CreatedAt),
        ["updated_at"] = RepositoryJson.Date(status.CreatedAt),
    };

    private static string NodeId(string kind, RepositoryState state, long id) =>
        RepositoryJson.NodeId(kind, string.Create(CultureInfo.InvariantCulture, $"{state.Id}:{id}"));
}
