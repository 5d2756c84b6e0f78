using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>The values of custom properties, and the switch for vulnerability alerts.</summary>
internal sealed class PropertyEndpoints(RepositoryStore store, GitHubServerOptions options)
{
    private const string Documentation = "https://docs.github.com/rest/repos/custom-properties#";
    private const string UpdateDocumentation = $"{Documentation}create-or-update-custom-property-values-for-a-repository";

    /// <summary>All that the organisation defines; null stands for one without a value.</summary>
    public Reply List(StoredRepository repository) => new(200, new JsonArray(
    [
        .. options.CustomProperties.Select(name => new JsonObject
        {
            ["property_name"] = name,
            ["value"] = repository.State.Administration.Properties.GetValueOrDefault(name),
        }),
    ]));

    public Reply Update(StoredRepository repository, ApiCall call)
    {
        if (call.Json()?["properties"] is not JsonArray changes)
        {
            return Reply.Error(422, "Invalid request.\n\n\"properties\" wasn't supplied.", UpdateDocumentation);
        }

        var values = new Dictionary<string, string>(repository.State.Administration.Properties);
        foreach (var change in changes.OfType<JsonObject>())
        {
            var name = change.Text("property_name") ?? "";
            if (!options.CustomProperties.Contains(name))
            {
                return Reply.Error(422, "Validation Failed", UpdateDocumentation, $"Property {name} is not defined for this organization.");
            }

            if (change.Text("value") is { } value)
            {
                values[name] = value;
            }
            else if (change["value"]?.GetValueKind() is null or JsonValueKind.Null)
            {
                values.Remove(name);
            }
        }

        Change(repository, repository.State.Administration with { Properties = values });
        return new Reply(204, null);
    }

    public static Reply ShowAlerts(StoredRepository repository) => repository.State.Administration.Alerts
        ? new Reply(204, null)
        : Reply.Error(
            404,
            "Vulnerability alerts are disabled.",
            "https://docs.github.com/rest/repos/repos#check-if-vulnerability-alerts-are-enabled-for-a-repository");

    public Reply SetAlerts(StoredRepository repository, bool on)
    {
        Change(repository, repository.State.Administration with { Alerts = on });
        return new Reply(204, null);
    }

    private void Change(StoredRepository repository, AdministrationState administration) =>
        store.Change(repository, repository.State with { Administration = administration });
}
