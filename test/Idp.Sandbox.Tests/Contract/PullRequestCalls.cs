using System.Net;
using System.Text.Json.Nodes;
using Idp.GitHub;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>The calls about pull requests, checks and comments; what only people or workflows ask is asked without the client.</summary>
internal static class PullRequestCalls
{
    private const string Branch = "idp/golden-path";

    public static IReadOnlyList<ContractCall> All { get; } = [.. OfTheOperator(), .. OfPeople(), .. Refusals()];

    private static IEnumerable<ContractCall> OfTheOperator() =>
    [
        new("pull-request", async session =>
        {
            var (made, _) = await BeginAsync(session, "pull-request");
            (await session.Client.PullRequests.FindNewestAsync(made, Branch, default)).Should().BeNull();
            var pull = await OpenAsync(session, made);
            (await session.Client.PullRequests.FindNewestAsync(made, Branch, default)).Should().Be(pull);
            (await session.Client.PullRequests.GetAsync(made, pull.Number, default)).Should().Be(pull, "GitHub does not yet know whether it can be merged");
            (await session.Client.PullRequests.GetAsync(made, pull.Number, default)).Should().Be(pull with { IsMergeable = true }, "now it does");
            var change = new PullRequestChange { Title = "Other", Body = "", State = PullRequestState.Closed };
            (await session.Client.PullRequests.UpdateAsync(made, pull.Number, change, default)).State.Should().Be(PullRequestState.Closed);
        }),
        new("pull-request-absent", async session =>
        {
            var (made, _) = await BeginAsync(session, "pull-request-absent");
            (await session.Client.PullRequests.GetAsync(made, 1, default)).Should().BeNull();
        }),
        new("checks", async session =>
        {
            var (made, sha) = await BeginAsync(session, "checks");
            (await session.Client.PullRequests.FindChecksAsync(made, sha, default)).Should().Be(ChecksState.None);
            await AskAsync(session, "POST", "repos/acme/checks/check-runs", $$"""{"name":"build","head_sha":"{{sha}}","status":"in_progress"}""", 201);
            await AskAsync(session, "POST", $"repos/acme/checks/statuses/{sha}", """{"state":"success","context":"ci"}""", 201);
            (await session.Client.PullRequests.FindChecksAsync(made, sha, default)).Should().Be(ChecksState.Pending);
            await AskAsync(session, "PATCH", "repos/acme/checks/check-runs/1", """{"conclusion":"failure","output":{"title":"t","summary":"s"}}""", 200);
            (await session.Client.PullRequests.FindChecksAsync(made, sha, default)).Should().Be(ChecksState.Failing);
            await AskAsync(session, "GET", "repos/acme/checks/check-runs/1", null, 200);
            await AskAsync(session, "GET", "repos/acme/checks/commits/main/statuses", null, 200);
        }),
    ];

    private static IEnumerable<ContractCall> OfPeople() =>
    [
        new("merge", async session =>
        {
            var (made, sha) = await BeginAsync(session, "merge");
            var pull = await OpenAsync(session, made);
            await AskAsync(session, "GET", "repos/acme/merge/pulls/1/merge", null, 404);
            await AskAsync(session, "PUT", "repos/acme/merge/pulls/1/merge", $$"""{"sha":"{{new string('0', 40)}}"}""", 409);
            await AskAsync(session, "PUT", "repos/acme/merge/pulls/1/merge", $$"""{"sha":"{{sha}}","merge_method":"squash"}""", 200);
            await AskAsync(session, "PUT", "repos/acme/merge/pulls/1/merge", "{}", 405);
            await AskAsync(session, "GET", "repos/acme/merge/pulls/1/merge", null, 204);
            (await session.Client.PullRequests.GetAsync(made, pull.Number, default))!.State.Should().Be(PullRequestState.Merged);
        }),
        new("comments", async session =>
        {
            var (made, _) = await BeginAsync(session, "comments");
            await OpenAsync(session, made);
            var text = await AskAsync(session, "POST", "repos/acme/comments/issues/1/comments", """{"body":"Preview"}""", 201);
            var address = $"repos/acme/comments/issues/comments/{JsonNode.Parse(text)!["id"]}";
            await AskAsync(session, "PATCH", address, """{"body":"Other"}""", 200);
            await AskAsync(session, "GET", address, null, 200);
            (await AskAsync(session, "GET", "repos/acme/comments/issues/1/comments", null, 200)).Should().Contain("Other");
            await AskAsync(session, "DELETE", address, null, 204);
        }),
    ];

    private static IEnumerable<ContractCall> Refusals() =>
    [
        new("pull-request-taken", async session =>
        {
            var (made, _) = await BeginAsync(session, "pull-request-taken");
            await OpenAsync(session, made);
            await Refusal.OfAsync<GitHubConflictException>(OpenAsync(session, made), HttpStatusCode.UnprocessableEntity);
        }),
        new("pull-request-of-nothing", async session =>
        {
            var (made, _) = await BeginAsync(session, "pull-request-of-nothing");
            await Refusal.OfAsync<GitHubValidationException>(OpenAsync(session, made, "main"), HttpStatusCode.UnprocessableEntity);
            await Refusal.OfAsync<GitHubValidationException>(OpenAsync(session, made, "nowhere"), HttpStatusCode.UnprocessableEntity);
        }),
        new("pull-request-reopened-without-a-branch", async session =>
        {
            var (made, sha) = await BeginAsync(session, "pull-request-reopened-without-a-branch");
            var pull = await OpenAsync(session, made);
            await session.Client.DeleteBranchAsync(made, Branch, sha, default);
            await Refusal.OfAsync<GitHubValidationException>(
                session.Client.PullRequests.UpdateAsync(made, pull.Number, new PullRequestChange { State = PullRequestState.Open }, default),
                HttpStatusCode.UnprocessableEntity);
        }),
    ];

    private static async Task<(Repository Repository, string Head)> BeginAsync(ContractSession session, string name)
    {
        var made = await session.CreateAsync(name);
        await session.Client.CommitScaffoldAsync(made, FileCalls.Scaffold, default);
        var head = await session.Server.People.CommitAsync($"acme/{name}", new GitHubPersonCommit { Branch = Branch, Files = [GitHubPersonFile.Text("a", "a")] });
        return (made, head);
    }

    private static Task<PullRequest> OpenAsync(ContractSession session, Repository repository, string head = Branch) =>
        session.Client.PullRequests.CreateAsync(repository, new NewPullRequest { Title = "Update", Body = "Text", Head = head, Base = "main" }, default);

    private static async Task<string> AskAsync(ContractSession session, string method, string path, string? body, int status)
    {
        var answer = await session.AskAsync(method, path, body);
        answer.Status.Should().Be(status, "{0} {1}: {2}", method, path, answer.Text);
        return answer.Text;
    }
}
