using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>The environments that workflows deploy to.</summary>
internal sealed class EnvironmentEndpoints(
    RepositoryStore store, TeamStore teams, TeamEndpoints teamJson, RepositoryJson json, TimeProvider clock)
{
    private const string Documentation = "https://docs.github.com/rest/deployments/environments#";
    private const string PutDocumentation = $"{Documentation}create-or-update-an-environment";

    public Reply List(StoredRepository repository, ApiCall call)
    {
        var all = repository.State.Administration.Environments;
        return new Reply(200, new JsonObject
        {
            ["total_count"] = all.Count,
            ["environments"] = new JsonArray([.. Paging.Cut(all, call).Select(each => Json(repository.State, each))]),
        });
    }

    public Reply Show(StoredRepository repository, string name) => Find(repository, name) is { } environment
        ? new Reply(200, Json(repository.State, environment))
        : Reply.NotFound($"{Documentation}get-an-environment");

    public Reply Put(StoredRepository repository, string name, ApiCall call)
    {
        var body = call.Body.Length == 0 ? [] : call.Json();
        if (body is null)
        {
            return Reply.Error(400, "Problems parsing JSON", PutDocumentation);
        }

        var reviewers = ReviewersOf(body);
        if (Refusal(body, reviewers) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var present = Find(repository, name);
        var all = repository.State.Administration.Environments;
        var environment = new StoredEnvironment
        {
            Id = present?.Id ?? repository.State.Id * 1000 + all.Count + 1,
            Name = present?.Name ?? name,
            WaitTimer = body["wait_timer"] is JsonValue timer && timer.TryGetValue<int>(out var minutes) ? minutes : 0,
            PreventSelfReview = body.Flag("prevent_self_review") ?? false,
            Reviewers = reviewers,
            BranchPolicy = body["deployment_branch_policy"]?.DeepClone() as JsonObject,
            CreatedAt = present?.CreatedAt ?? now,
            UpdatedAt = now,
        };
        Change(repository, present is null ? [.. all, environment] : [.. all.Select(each => each == present ? environment : each)]);
        return new Reply(200, Json(repository.State, environment));
    }

    public Reply Delete(StoredRepository repository, string name)
    {
        if (Find(repository, name) is not { } environment)
        {
            return Reply.NotFound($"{Documentation}delete-an-environment");
        }

        Change(repository, [.. repository.State.Administration.Environments.Where(each => each != environment)]);
        return new Reply(204, null);
    }

    private Reply? Refusal(JsonObject body, List<StoredReviewer> reviewers)
    {
        if (reviewers.Count > 6)
        {
            return Reply.Error(422, "Validation Failed", PutDocumentation, "A maximum of 6 reviewers can be configured.");
        }

        if (reviewers.Exists(each => each.Type == "Team" && teams.Find(each.Id) is null))
        {
            return Reply.Error(422, "Validation Failed", PutDocumentation, "Invalid reviewer: there is no such team.");
        }

        var policy = body["deployment_branch_policy"] as JsonObject;
        return policy is not null && policy.Flag("protected_branches") == policy.Flag("custom_branch_policies")
            ? Reply.Error(
                422, "Validation Failed", PutDocumentation, "Protected branches and custom branch policies cannot both have the same value.")
            : null;
    }

    private static List<StoredReviewer> ReviewersOf(JsonObject body) =>
    [
        .. (body["reviewers"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(each => new StoredReviewer(each.Text("type") ?? "User", each["id"]?.GetValue<long>() ?? 0)),
    ];

    private static StoredEnvironment? Find(StoredRepository repository, string name) =>
        repository.State.Administration.Environments.FirstOrDefault(
            each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));

    private JsonObject Json(RepositoryState state, StoredEnvironment environment)
    {
        var name = Uri.EscapeDataString(environment.Name);
        return new JsonObject
        {
            ["id"] = environment.Id,
            ["node_id"] = NodeId("Environment", environment.Id),
            ["name"] = environment.Name,
            ["url"] = $"{json.Api(state)}/environments/{name}",
            ["html_url"] = $"{json.Page(state)}/deployments/activity_log?environments_filter={name}",
            ["created_at"] = RepositoryJson.Date(environment.CreatedAt),
            ["updated_at"] = RepositoryJson.Date(environment.UpdatedAt),
            ["can_admins_bypass"] = true,
            ["protection_rules"] = new JsonArray([.. Rules(environment)]),
            ["deployment_branch_policy"] = environment.BranchPolicy?.DeepClone(),
        };
    }

    private IEnumerable<JsonNode> Rules(StoredEnvironment environment)
    {
        if (environment.WaitTimer > 0)
        {
            var id = environment.Id * 10 + 1;
            yield return new JsonObject { ["id"] = id, ["node_id"] = NodeId("Gate", id), ["type"] = "wait_timer", ["wait_timer"] = environment.WaitTimer };
        }

        if (environment.Reviewers.Count > 0)
        {
            var id = environment.Id * 10 + 2;
            yield return new JsonObject
            {
                ["id"] = id,
                ["node_id"] = NodeId("Gate", id),
                ["type"] = "required_reviewers",
                ["prevent_self_review"] = environment.PreventSelfReview,
                ["reviewers"] = new JsonArray([.. environment.Reviewers.Select(Reviewer)]),
            };
        }

        if (environment.BranchPolicy is not null)
        {
            var id = environment.Id * 10 + 3;
            yield return new JsonObject { ["id"] = id, ["node_id"] = NodeId("Gate", id), ["type"] = "branch_policy" };
        }
    }

    private JsonNode Reviewer(StoredReviewer reviewer) => new JsonObject
    {
        ["type"] = reviewer.Type,
        ["reviewer"] = reviewer.Type == "Team" && teams.Find(reviewer.Id) is { } team
            ? teamJson.Simple(team)
            : json.User($"user-{reviewer.Id}", reviewer.Id),
    };

    private static string NodeId(string kind, long id) => RepositoryJson.NodeId(kind, id.ToString(CultureInfo.InvariantCulture));

    private void Change(StoredRepository repository, IReadOnlyList<StoredEnvironment> environments) => store.Change(
        repository,
        repository.State with { Administration = repository.State.Administration with { Environments = environments } });
}
