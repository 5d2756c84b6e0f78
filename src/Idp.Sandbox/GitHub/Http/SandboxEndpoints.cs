using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// What GitHub does not have: the counters, the faults, what the token may not do, and a rename and a transfer by hand, below <c>/_sandbox</c>.
/// </summary>
internal sealed class SandboxEndpoints(
    RepositoryStore store, FaultPlan<GitHubFault, (string Method, string Target)> faults, MissingPermissions permissions, GitHubRequestLog log)
{
    public Reply Answer(ApiCall call) => (call.Method, call.Segments) switch
    {
        ("GET", [_, "requests"]) => new Reply(200, Requests()),
        ("DELETE", [_, "requests"]) => Done(log.Reset),
        ("POST", [_, "faults"]) => AddFault(call),
        ("DELETE", [_, "faults"]) => Done(faults.Clear),
        ("PUT", [_, "permissions"]) => SetPermissions(call),
        ("POST", [_, "rename"]) => Rename(call),
        ("POST", [_, "transfer"]) => Transfer(call),
        _ => Reply.NotFound(),
    };

    private JsonObject Requests() => new()
    {
        ["total"] = log.Total,
        ["writes"] = log.Writes,
        ["by_operation"] = new JsonObject(
            log.ByOperation().Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["faults_to_come"] = faults.Remaining,
    };

    private Reply AddFault(ApiCall call)
    {
        try
        {
            if (JsonSerializer.Deserialize(call.Body, FaultJson.Default.FaultBody) is { } fault)
            {
                fault.ToFault().AddTo(faults);
                return new Reply(204, null);
            }
        }
        catch (Exception error) when (error is JsonException or RegexParseException or ArgumentOutOfRangeException)
        {
            return Reply.Error(400, error.Message);
        }

        return Reply.Error(400, "The body is no fault.");
    }

    private Reply SetPermissions(ApiCall call)
    {
        if (call.Json()?["missing_permissions"] is not JsonArray missing)
        {
            return Reply.Error(400, "missing_permissions is needed: a list of permissions such as administration.");
        }

        permissions.Set([.. missing.Select(each => each?.ToString() ?? "")]);
        return new Reply(204, null);
    }

    private Reply Rename(ApiCall call)
    {
        var body = call.Json();
        if (body?.Text("owner") is not { } owner
            || body.Text("name") is not { } name
            || body.Text("new_name") is not { } newName)
        {
            return Reply.Error(400, "owner, name and new_name are needed.");
        }

        return store.Find(owner, name) is { } repository && store.Change(
            repository, repository.State with { Name = newName })
            ? new Reply(204, null)
            : Reply.NotFound();
    }

    // The number, what is in it and the redirect of the old name stay.
    // https://docs.github.com/en/repositories/creating-and-managing-repositories/transferring-a-repository
    private Reply Transfer(ApiCall call)
    {
        var body = call.Json();
        if (body?.Text("owner") is not { } owner
            || body.Text("name") is not { } name
            || body.Text("new_owner") is not { } newOwner)
        {
            return Reply.Error(400, "owner, name and new_owner are needed.");
        }

        return store.Find(owner, name) is { } repository && store.Change(
            repository, repository.State with { Owner = newOwner })
            ? new Reply(204, null)
            : Reply.NotFound();
    }

    private static Reply Done(Action action)
    {
        action();
        return new Reply(204, null);
    }
}
