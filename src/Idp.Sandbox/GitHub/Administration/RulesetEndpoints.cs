using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>The rulesets of repositories.</summary>
internal sealed class RulesetEndpoints(RepositoryStore store, RepositoryJson json, TimeProvider clock)
{
    private const string Documentation = "https://docs.github.com/rest/repos/rules#";
    private const string CreateDocumentation = $"{Documentation}create-a-repository-ruleset";
    private static readonly string[] Enforcements = ["disabled", "active", "evaluate"];

    public Reply List(StoredRepository repository, ApiCall call) => new(
        200,
        new JsonArray([.. Paging.Cut(repository.State.Administration.Rulesets, call).Select(each => Head(repository.State, each))]));

    public Reply Show(StoredRepository repository, string id) => Find(repository, id) is { } ruleset
        ? new Reply(200, Full(repository.State, ruleset))
        : Reply.NotFound($"{Documentation}get-a-repository-ruleset");

    public Reply Create(StoredRepository repository, ApiCall call)
    {
        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", CreateDocumentation);
        }

        var all = repository.State.Administration.Rulesets;
        if (Refusal(body, all, null) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var ruleset = Changed(
            new StoredRuleset
            {
                Id = repository.State.Id * 1000 + 500 + all.Select(each => each.Id % 500).DefaultIfEmpty().Max() + 1,
                Name = "",
                Enforcement = "active",
                CreatedAt = now,
            },
            body);
        Change(repository, [.. all, ruleset]);
        return new Reply(201, Full(repository.State, ruleset));
    }

    public Reply Update(StoredRepository repository, string id, ApiCall call)
    {
        if (Find(repository, id) is not { } ruleset)
        {
            return Reply.NotFound($"{Documentation}update-a-repository-ruleset");
        }

        var all = repository.State.Administration.Rulesets;
        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", $"{Documentation}update-a-repository-ruleset");
        }

        if (Refusal(body, all, ruleset) is { } refusal)
        {
            return refusal;
        }

        var changed = Changed(ruleset, body);
        Change(repository, [.. all.Select(each => each == ruleset ? changed : each)]);
        return new Reply(200, Full(repository.State, changed));
    }

    public Reply Delete(StoredRepository repository, string id)
    {
        if (Find(repository, id) is not { } ruleset)
        {
            return Reply.NotFound($"{Documentation}delete-a-repository-ruleset");
        }

        Change(repository, [.. repository.State.Administration.Rulesets.Where(each => each != ruleset)]);
        return new Reply(204, null);
    }

    // Here GitHub lists bare texts.
    private static Reply? Refusal(JsonObject body, IReadOnlyList<StoredRuleset> all, StoredRuleset? present)
    {
        string? mistake = null;
        if (present is null && (body.Text("name") is null or "" || body.Text("enforcement") is null))
        {
            mistake = "Name and enforcement are needed.";
        }
        else if (body.Text("enforcement") is { } enforcement && !Enforcements.Contains(enforcement))
        {
            mistake = $"Enforcement {enforcement} is not known.";
        }
        else if (body.Text("name") is { } name && all.Any(other => other != present && other.Name == name))
        {
            mistake = "Name must be unique";
        }

        return mistake is null ? null : Reply.Error(422, "Validation Failed", CreateDocumentation, mistake);
    }

    private StoredRuleset Changed(StoredRuleset ruleset, JsonObject body) => ruleset with
    {
        Name = body.Text("name") ?? ruleset.Name,
        Enforcement = body.Text("enforcement") ?? ruleset.Enforcement,
        Target = body.Text("target") ?? ruleset.Target,
        Conditions = (body["conditions"] as JsonObject ?? ruleset.Conditions)?.DeepClone() as JsonObject,
        Rules = (JsonArray)(body["rules"] as JsonArray ?? ruleset.Rules).DeepClone(),
        BypassActors = (JsonArray)(body["bypass_actors"] as JsonArray ?? ruleset.BypassActors).DeepClone(),
        UpdatedAt = clock.GetUtcNow(),
    };

    private static StoredRuleset? Find(StoredRepository repository, string id) =>
        repository.State.Administration.Rulesets.FirstOrDefault(each => each.Id.ToString(CultureInfo.InvariantCulture) == id);

    private JsonObject Head(RepositoryState state, StoredRuleset ruleset) => new()
    {
        ["id"] = ruleset.Id,
        ["name"] = ruleset.Name,
        ["target"] = ruleset.Target,
        ["source_type"] = "Repository",
        ["source"] = state.FullName,
        ["enforcement"] = ruleset.Enforcement,
        ["node_id"] = RepositoryJson.NodeId("RepositoryRuleset", ruleset.Id.ToString(CultureInfo.InvariantCulture)),
        ["_links"] = new JsonObject
        {
            ["self"] = new JsonObject { ["href"] = $"{json.Api(state)}/rulesets/{ruleset.Id}" },
            ["html"] = new JsonObject { ["href"] = $"{json.Page(state)}/rules/{ruleset.Id}" },
        },
        ["created_at"] = RepositoryJson.Date(ruleset.CreatedAt),
        ["updated_at"] = RepositoryJson.Date(ruleset.UpdatedAt),
    };

    private JsonObject Full(RepositoryState state, StoredRuleset ruleset)
    {
        var full = Head(state, ruleset);
        full["current_user_can_bypass"] = "never";
        full["bypass_actors"] = ruleset.BypassActors.DeepClone();
        full["conditions"] = ruleset.Conditions?.DeepClone();
        full["rules"] = ruleset.Rules.DeepClone();
        return full;
    }

    private void Change(StoredRepository repository, IReadOnlyList<StoredRuleset> rulesets) => store.Change(
        repository,
        repository.State with { Administration = repository.State.Administration with { Rulesets = rulesets } });
}
