namespace Idp.GitHub;

/// <summary>The calls of <see cref="PullRequests"/>.</summary>
internal static class RecordedPullRequests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    private const string User = """{"login":"idp[bot]","id":3,"type":"Bot","site_admin":false}""";

    private const string Shown = $$$"""
        {"id":9,"node_id":"PR_9","number":4,"state":"closed","locked":false,"title":"Update","body":null,"user":{{{User}}},"draft":true,
         "html_url":"https://github.com/acme/pay/pull/4","created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z",
         "closed_at":"2026-01-03T03:04:05Z","merged_at":"2026-01-03T03:04:05Z","merge_commit_sha":"{{{Sha}}}",
         "assignee":null,"assignees":[{{{User}}}],"requested_reviewers":[],"requested_teams":[{"id":4,"slug":"dev","privacy":"closed"}],
         "labels":[{"id":5,"name":"platform","color":"ededed","default":false}],"milestone":null,"active_lock_reason":null,
         "head":{"label":"acme:idp/golden-path","ref":"idp/golden-path","sha":"{{{Sha}}}","user":{{{User}}},"repo":{"id":7,"name":"pay","owner":{{{User}}}}},
         "base":{"label":"acme:main","ref":"main","sha":"{{{Sha}}}","user":{{{User}}},"repo":{"id":7,"name":"pay","owner":{{{User}}}}},
         "author_association":"CONTRIBUTOR","mergeable":null,"mergeable_state":"unknown","merged_by":{{{User}}},"comments":1,"commits":2}
        """;

    private const string Read = $"4 Merged https://github.com/acme/pay/pull/4 Update  idp/golden-path {Sha} main {Sha} True "
        + "2026-01-02T03:04:05 2026-01-03T03:04:05";

    private const string Runs = $$"""
        {"total_count":2,"check_runs":[
         {"id":1,"name":"build","head_sha":"{{Sha}}","status":"completed","conclusion":"success","started_at":"2026-01-02T03:04:05Z",
          "completed_at":"2026-01-02T03:04:06Z","output":{"title":"ok","summary":"","annotations_count":0},"check_suite":{"id":2},
          "app":{"id":3,"slug":"actions","permissions":{"checks":"write"} },"pull_requests":[] },
         {"id":2,"name":"test","head_sha":"{{Sha}}","status":"in_progress","conclusion":null,"started_at":"2026-01-02T03:04:05Z","completed_at":null,
          "output":{},"check_suite":{"id":2},"app":null,"pull_requests":[{"number":4}] }]}
        """;

    private const string Combined = $$"""
        {"state":"success","sha":"{{Sha}}","total_count":1,"statuses":[{"id":1,"state":"success","context":"ci","description":null,"target_url":null,
         "created_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T03:04:05Z"}],"repository":{"id":7,"name":"pay"} }
        """;

    public static IEnumerable<RecordedCall> All(Repository pay)
    {
        yield return RecordedCall.Of(
            (client, token) => client.PullRequests.FindNewestAsync(pay, "idp/golden-path", token), found => Show(found!), Read, new RecordedExchange(
                "GET repos/acme/pay/pulls?state=all&head=acme%3Aidp%2Fgolden-path&sort=created&direction=desc&per_page=100&page=1", "", 200, $"[{Shown}]"));
        yield return RecordedCall.Of(
            (client, token) => client.PullRequests.GetAsync(pay, 4, token), found => Show(found!), Read,
            new RecordedExchange("GET repos/acme/pay/pulls/4", "", 200, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.PullRequests.CreateAsync(
                pay, new NewPullRequest { Title = "Update", Body = "", Head = "idp/golden-path", Base = "main" }, token),
            Show, Read, new RecordedExchange(
                "POST repos/acme/pay/pulls", """{"title":"Update","body":"","head":"idp/golden-path","base":"main"}""", 201, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.PullRequests.UpdateAsync(pay, 4, new PullRequestChange { Body = "New", State = PullRequestState.Closed }, token),
            Show, Read, new RecordedExchange("PATCH repos/acme/pay/pulls/4", """{"body":"New","state":"closed"}""", 200, Shown));
        yield return RecordedCall.Of(
            (client, token) => client.PullRequests.FindChecksAsync(pay, Sha, token), state => $"{state}", "Pending",
            new RecordedExchange($"GET repos/acme/pay/commits/{Sha}/check-runs?filter=latest&per_page=100&page=1", "", 200, Runs),
            new RecordedExchange($"GET repos/acme/pay/commits/{Sha}/status", "", 200, Combined));
    }

    private static string Show(PullRequest found) => string.Join(
        ' ',
        found.Number, found.State, found.Url, found.Title, found.Body, found.HeadBranch, found.HeadSha, found.BaseBranch, found.MergeCommit, found.Draft,
        $"{found.CreatedAt:s}", $"{found.ClosedAt:s}");
}
