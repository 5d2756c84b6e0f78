using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>What checks and statuses say of commits.</summary>
internal sealed class CheckEndpoints(PullRequestKeeper keeper, CheckJson json)
{
    private const string RunDocumentation = "https://docs.github.com/rest/checks/runs#";
    private const string StatusDocumentation = "https://docs.github.com/rest/commits/statuses#";
    private static readonly string[] States = ["error", "failure", "pending", "success"];

    public Reply CreateRun(StoredRepository repository, ApiCall call)
    {
        const string documentation = $"{RunDocumentation}create-a-check-run";
        var body = call.Json();
        if (body?.Text("name") is not { } name || body.Text("head_sha") is not { } sha)
        {
            return Reply.Error(422, "Invalid request.\n\n\"name\" and \"head_sha\" have to be supplied.", documentation);
        }

        if (repository.Git.Read($"{sha}^{{commit}}")?.Sha != sha)
        {
            return Reply.Error(422, $"No commit found for SHA: {sha}", documentation);
        }

        var run = Changed(
            new StoredCheckRun { Id = repository.State.Pulls.LastId + 1, Name = name, HeadSha = sha, Status = "queued", StartedAt = keeper.Now }, body);
        keeper.Change(repository, state => state with { LastId = run.Id, CheckRuns = [.. state.CheckRuns, run] });
        return new Reply(201, json.Run(repository.State, run));
    }

    public Reply UpdateRun(StoredRepository repository, string id, ApiCall call)
    {
        if (FindRun(repository, id) is not { } run || call.Json() is not { } body)
        {
            return Reply.NotFound($"{RunDocumentation}update-a-check-run");
        }

        var changed = Changed(run, body);
        keeper.Change(repository, state => state with { CheckRuns = [.. state.CheckRuns.Select(each => each == run ? changed : each)] });
        return new Reply(200, json.Run(repository.State, changed));
    }

    public Reply ShowRun(StoredRepository repository, string id) => FindRun(repository, id) is { } run
        ? new Reply(200, json.Run(repository.State, run))
        : Reply.NotFound($"{RunDocumentation}get-a-check-run");

    /// <summary>The runs for a commit: of each name the latest, unless all are asked for.</summary>
    public Reply ListRuns(StoredRepository repository, string reference, ApiCall call)
    {
        if (ShaOf(repository, reference) is not { } sha)
        {
            return NoCommit(reference, $"{RunDocumentation}list-check-runs-for-a-git-reference");
        }

        var runs = repository.State.Pulls.CheckRuns.Where(run => run.HeadSha == sha).Reverse();
        runs = (string?)call.Query["filter"] == "all" ? runs : runs.DistinctBy(run => run.Name);
        List<StoredCheckRun> found =
        [
            .. runs.Where(run => (string?)call.Query["check_name"] is not { } name || run.Name == name)
                .Where(run => (string?)call.Query["status"] is not { } status || run.Status == status),
        ];
        return new Reply(200, new JsonObject
        {
            ["total_count"] = found.Count,
            ["check_runs"] = new JsonArray([.. Paging.Cut(found, call).Select(run => json.Run(repository.State, run))]),
        });
    }

    public Reply CreateStatus(StoredRepository repository, string sha, ApiCall call)
    {
        const string documentation = $"{StatusDocumentation}create-a-commit-status";
        if (call.Json() is not { } body || !States.Contains(body.Text("state")))
        {
            return Reply.Error(422, "Validation Failed", documentation, Reply.Mistake("Status", "state", "inclusion"));
        }

        if (repository.Git.Read($"{sha}^{{commit}}")?.Sha != sha)
        {
            return Reply.Error(422, $"No commit found for SHA: {sha}", documentation);
        }

        var status = new StoredStatus(
            repository.State.Pulls.LastId + 1,
            sha,
            body.Text("state")!,
            body.Text("context") ?? "default",
            body.Text("description"),
            body.Text("target_url"),
            call.Member ?? PullRequestEndpoints.App,
            keeper.Now);
        keeper.Change(repository, state => state with { LastId = status.Id, Statuses = [.. state.Statuses, status] });
        return new Reply(201, json.Status(repository.State, status));
    }

    public Reply ListStatuses(StoredRepository repository, string reference, ApiCall call) => ShaOf(repository, reference) is { } sha
        ? new Reply(200, new JsonArray([.. Paging.Cut([.. StatusesOf(repository, sha)], call).Select(status => json.Status(repository.State, status))]))
        : NoCommit(reference, $"{StatusDocumentation}list-commit-statuses-for-a-reference");

    /// <summary>All together; without any it is pending.</summary>
    public Reply ShowCombined(StoredRepository repository, string reference, ApiCall call)
    {
        if (ShaOf(repository, reference) is not { } sha)
        {
            return NoCommit(reference, $"{StatusDocumentation}get-the-combined-status-for-a-specific-reference");
        }

        List<StoredStatus> last = [.. StatusesOf(repository, sha).DistinctBy(status => status.Context)];
        var state = last.Exists(status => status.State is "error" or "failure") ? "failure"
            : last.Count == 0 || last.Exists(status => status.State == "pending") ? "pending"
            : "success";
        return new Reply(200, json.Combined(repository.State, sha, state, last, Paging.Cut(last, call)));
    }

    private StoredCheckRun Changed(StoredCheckRun run, JsonObject body)
    {
        // Who names a conclusion is done.
        var conclusion = body.Text("conclusion") ?? run.Conclusion;
        var status = conclusion is null ? body.Text("status") ?? run.Status : "completed";
        var output = body["output"] as JsonObject;
        return run with
        {
            Status = status,
            Conclusion = conclusion,
            DetailsUrl = body.Text("details_url") ?? run.DetailsUrl,
            ExternalId = body.Text("external_id") ?? run.ExternalId,
            Title = output?.Text("title") ?? run.Title,
            Summary = output?.Text("summary") ?? run.Summary,
            CompletedAt = status == "completed" ? run.CompletedAt ?? keeper.Now : null,
        };
    }

    private static IEnumerable<StoredStatus> StatusesOf(StoredRepository repository, string sha) =>
        repository.State.Pulls.Statuses.Where(status => status.Sha == sha).Reverse();

    private static StoredCheckRun? FindRun(StoredRepository repository, string id) =>
        repository.State.Pulls.CheckRuns.FirstOrDefault(run => run.Id.ToString(CultureInfo.InvariantCulture) == id);

    private static string? ShaOf(StoredRepository repository, string reference) => repository.Git.Read($"{reference}^{{commit}}")?.Sha;

    private static Reply NoCommit(string reference, string documentation) => Reply.Error(422, $"No commit found for SHA: {reference}", documentation);
}
