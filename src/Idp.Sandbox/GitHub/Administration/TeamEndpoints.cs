using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Teams, and what they may do in repositories.</summary>
internal sealed class TeamEndpoints(TeamStore teams, RepositoryStore store, RepositoryJson json, Uri baseAddress)
{
    private const string Documentation = "https://docs.github.com/rest/teams/teams#";
    private const string WithPermissions = "application/vnd.github.v3.repository+json";
    private static readonly string[] Permissions = ["pull", "triage", "push", "maintain", "admin"];
    private static readonly string[] Roles = ["read", "triage", "write", "maintain", "admin"];

    public Reply Create(string organisation, ApiCall call)
    {
        const string documentation = $"{Documentation}create-a-team";
        if (call.Json()?.Text("name") is not { Length: > 0 } name)
        {
            return Reply.Error(422, "Validation Failed", documentation, Reply.Mistake("Team", "name", "missing_field"));
        }

        return teams.Create(organisation, name) is { } team
            ? new Reply(201, Full(team))
            : Reply.Error(
                422, "Validation Failed", documentation, Reply.Mistake("Team", "name", "already_exists", "Name must be unique for this org"));
    }

    public Reply Show(string organisation, string slug) => teams.Find(organisation, slug) is { } team
        ? new Reply(200, Full(team))
        : Reply.NotFound($"{Documentation}get-a-team-by-name");

    public Reply ShowRepository(StoredRepository repository, string slug, ApiCall call)
    {
        if (PermissionOf(repository, slug) is not { } permission)
        {
            return Reply.NotFound($"{Documentation}check-team-permissions-for-a-repository");
        }

        if (!call.Accept.Contains(WithPermissions, StringComparison.Ordinal))
        {
            return new Reply(204, null);
        }

        var rank = Array.IndexOf(Permissions, permission);
        var body = json.Full(repository.State);
        body["role_name"] = Roles[rank];
        body["permissions"] = new JsonObject(
            Permissions.Select((name, index) => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create(index <= rank))));
        return new Reply(200, body);
    }

    public Reply PutRepository(StoredRepository repository, string slug, ApiCall call)
    {
        const string documentation = $"{Documentation}add-or-update-team-repository-permissions";
        if (teams.Find(repository.State.Owner, slug) is not { } team)
        {
            return Reply.NotFound(documentation);
        }

        // Without a permission GitHub takes the team's own, which is pull unless somebody changed it.
        var permission = call.Json()?.Text("permission") ?? "pull";
        if (!Permissions.Contains(permission))
        {
            return Reply.Error(
                422, "Validation Failed", documentation, Reply.Mistake("Team", "permission", "invalid"));
        }

        var present = repository.State.Administration;
        Change(repository, new Dictionary<string, string>(present.Teams) { [team.Slug] = permission });
        return new Reply(204, null);
    }

    public Reply DeleteRepository(StoredRepository repository, string slug)
    {
        var rest = repository.State.Administration.Teams.Where(pair => pair.Key != slug);
        Change(repository, rest.ToDictionary(pair => pair.Key, pair => pair.Value));
        return new Reply(204, null);
    }

    /// <summary>A team as other answers hold it.</summary>
    public JsonObject Simple(StoredTeam team) => new()
    {
        ["id"] = team.Id,
        ["node_id"] = RepositoryJson.NodeId("Team", team.Id.ToString(CultureInfo.InvariantCulture)),
        ["url"] = $"{baseAddress}organizations/{team.Organisation}/team/{team.Id}",
        ["members_url"] = $"{baseAddress}organizations/{team.Organisation}/team/{team.Id}/members{{/member}}",
        ["name"] = team.Name,
        ["description"] = null,
        ["permission"] = "pull",
        ["privacy"] = "closed",
        ["notification_setting"] = "notifications_enabled",
        ["html_url"] = $"{baseAddress}orgs/{team.Organisation}/teams/{team.Slug}",
        ["repositories_url"] = $"{baseAddress}organizations/{team.Organisation}/team/{team.Id}/repos",
        ["slug"] = team.Slug,
        ["type"] = "organization",
        ["parent"] = null,
    };

    private JsonObject Full(StoredTeam team)
    {
        var full = Simple(team);
        full["members_count"] = 1;
        full["repos_count"] = 0;
        full["created_at"] = "2026-01-01T00:00:00Z";
        full["updated_at"] = "2026-01-01T00:00:00Z";
        full["organization"] = json.OrganisationFull(team.Organisation);
        return full;
    }

    private string? PermissionOf(StoredRepository repository, string slug) =>
        teams.Find(repository.State.Owner, slug) is { } team
            ? repository.State.Administration.Teams.GetValueOrDefault(team.Slug)
            : null;

    private void Change(StoredRepository repository, Dictionary<string, string> permissions) => store.Change(
        repository,
        repository.State with { Administration = repository.State.Administration with { Teams = permissions } });
}
