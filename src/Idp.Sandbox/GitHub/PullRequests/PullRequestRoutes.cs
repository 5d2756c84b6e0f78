namespace Idp.Sandbox.GitHub;

/// <summary>Finds out what a request wants of pull requests, and of what is said of commits and in them.</summary>
internal sealed class PullRequestRoutes
{
    private readonly PullRequestEndpoints _pulls;
    private readonly PullRequestMerge _merges;
    private readonly CheckEndpoints _checks;
    private readonly CommentEndpoints _comments;

    public PullRequestRoutes(RepositoryStore store, RepositoryJson json, PullRequestKeeper keeper)
    {
        var pulls = new PullRequestJson(json);
        _pulls = new PullRequestEndpoints(keeper, pulls);
        _merges = new PullRequestMerge(store, keeper);
        _checks = new CheckEndpoints(keeper, new CheckJson(json, pulls));
        _comments = new CommentEndpoints(keeper, json, pulls);
    }

    /// <summary>Says what it is and how it is done, for the part of the path behind the repository; null for what is none of it.</summary>
    public (string Operation, RepositoryHandler? Handler)? Choose(ApiCall call, string[] rest) => (call.Method, rest) switch
    {
        ("GET", ["pulls"]) => ("list_pull_requests", Now(_pulls.List)),
        ("POST", ["pulls"]) => ("create_pull_request", Now(_pulls.Create)),
        ("GET", ["pulls", var number]) => ("get_pull_request", Now((repository, _) => _pulls.Show(repository, number))),
        ("PATCH", ["pulls", var number]) => ("update_pull_request", Now((repository, patch) => _pulls.Update(repository, number, patch))),
        ("GET", ["pulls", var number, "merge"]) => ("get_merged", Now((repository, _) => PullRequestMerge.ShowMerged(repository, number))),
        ("PUT", ["pulls", var number, "merge"]) => ("merge_pull_request", Now((repository, put) => _merges.Merge(repository, number, put))),
        (_, ["check-runs" or "statuses" or "commits", ..]) => ChooseCheck(call, rest),
        (_, ["issues", ..]) => ChooseComment(call, rest),
        _ => null,
    };

    private (string Operation, RepositoryHandler? Handler)? ChooseCheck(ApiCall call, string[] rest) => (call.Method, rest) switch
    {
        ("GET", ["commits", var name, "check-runs"]) => ("list_check_runs", Now((repository, get) => _checks.ListRuns(repository, name, get))),
        ("GET", ["commits", var name, "status"]) => ("get_combined_status", Now((repository, get) => _checks.ShowCombined(repository, name, get))),
        ("GET", ["commits", var name, "statuses"]) => ("list_statuses", Now((repository, get) => _checks.ListStatuses(repository, name, get))),
        ("POST", ["statuses", var sha]) => ("create_status", Now((repository, post) => _checks.CreateStatus(repository, sha, post))),
        ("POST", ["check-runs"]) => ("create_check_run", Now(_checks.CreateRun)),
        ("GET", ["check-runs", var id]) => ("get_check_run", Now((repository, _) => _checks.ShowRun(repository, id))),
        ("PATCH", ["check-runs", var id]) => ("update_check_run", Now((repository, patch) => _checks.UpdateRun(repository, id, patch))),
        _ => null,
    };

    private (string Operation, RepositoryHandler? Handler)? ChooseComment(ApiCall call, string[] rest) => (call.Method, rest) switch
    {
        ("GET", ["issues", "comments", var id]) => ("get_issue_comment", Now((repository, _) => _comments.Show(repository, id))),
        ("PATCH", ["issues", "comments", var id]) => ("update_issue_comment", Now((repository, patch) => _comments.Update(repository, id, patch))),
        ("DELETE", ["issues", "comments", var id]) => ("delete_issue_comment", Now((repository, _) => _comments.Delete(repository, id))),
        ("GET", ["issues", var number, "comments"]) => ("list_issue_comments", Now((repository, get) => _comments.List(repository, number, get))),
        ("POST", ["issues", var number, "comments"]) => ("create_issue_comment", Now((repository, post) => _comments.Create(repository, number, post))),
        _ => null,
    };

    private static RepositoryHandler Now(Func<StoredRepository, ApiCall, Reply> answer) =>
        (repository, call, _) => Task.FromResult(answer(repository, call));
}
