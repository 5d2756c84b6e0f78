namespace Idp.Sandbox.Tests.GitHub;

public sealed class StatusTest : IAsyncLifetime
{
    private const string NoSha = "0000000000000000000000000000000000000000";
    private Api _api = null!;

    public async Task InitializeAsync() => _api = await Api.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    /// <summary>Method, path, body, status, message; against a repository without a commit.</summary>
    public static TheoryData<string, string, string?, int, string?> OfAnEmptyRepository => new()
    {
        { "GET", "rate_limit", null, 200, null },
        { "GET", "nothing", null, 404, "Not Found" },
        { "GET", "repos/acme/app/", null, 404, "Not Found" },
        { "GET", "repos/acme/other", null, 404, "Not Found" },
        { "GET", "repositories/1", null, 404, "Not Found" },
        { "GET", "repos/ACME/App", null, 200, null },
        { "POST", "orgs/other/repos", """{"name":"x"}""", 404, "Not Found" },
        { "POST", "orgs/acme/repos", """{"name":"APP"}""", 422, "Repository creation failed." },
        { "POST", "orgs/acme/repos", "{}", 422, "Repository creation failed." },
        { "POST", "orgs/acme/repos", """{"name":"x","visibility":"secret"}""", 422, "Repository creation failed." },
        { "POST", "orgs/acme/repos", "not json", 400, "Problems parsing JSON" },
        { "PATCH", "repos/acme/app", """{"visibility":"private"}""", 422, "Visibility is already private." },
        { "PATCH", "repos/acme/app", """{"default_branch":"trunk"}""", 422, "Validation Failed" },
        { "PATCH", "repos/acme/app", "{}", 200, null },
        { "PUT", "repos/acme/app/topics", """{"names":["a","B"]}""", 200, null },
        { "PUT", "repos/acme/app/topics", """{"names":["a b"]}""", 422, "Validation Failed" },
        { "GET", "repos/acme/app/contents/README.md", null, 404, "This repository is empty." },
        { "GET", "repos/acme/app/git/ref/heads%2Fmain", null, 409, "Git Repository is empty." },
        { "GET", $"repos/acme/app/git/commits/{NoSha}", null, 409, "Git Repository is empty." },
        { "PUT", "repos/acme/app/contents/a", """{"message":"m","content":"*"}""", 422, "content is not valid Base64" },
        { "PUT", "repos/acme/app/contents/a", """{"message":"m","content":"eA==","sha":"ignored"}""", 201, null },
        { "DELETE", "repos/acme/app", null, 204, null },
    };

    [Theory]
    [MemberData(nameof(OfAnEmptyRepository))]
    public async Task EmptyRepositoryAnswersAsGitHubDoes(
        string method, string path, string? body, int status, string? message)
    {
        await _api.CreateAsync();

        await ShouldAnswerAsync(method, path, body, status, message);
    }

    /// <summary>Method, path, body, status, message; against a repository with README.md.</summary>
    public static TheoryData<string, string, string?, int, string?> OfAFilledRepository => new()
    {
        { "GET", "repos/acme/app/contents/README.md", null, 200, null },
        { "GET", "repos/acme/app/contents/README.md?ref=main", null, 200, null },
        { "GET", "repos/acme/app/contents/README.md?ref=other", null, 404, "No commit found for the ref other" },
        { "GET", "repos/acme/app/contents/other", null, 404, "Not Found" },
        { "GET", "repos/acme/app/git/ref/heads%2Fmain", null, 200, null },
        { "GET", "repos/acme/app/git/ref/heads/main", null, 200, null },
        { "GET", "repos/acme/app/git/ref/heads", null, 404, "Not Found" },
        { "GET", "repos/acme/app/git/ref/heads%2Fother", null, 404, "Not Found" },
        { "GET", $"repos/acme/app/git/commits/{NoSha}", null, 404, "Not Found" },
        { "GET", $"repos/acme/app/git/blobs/{NoSha}", null, 404, "Not Found" },
        { "GET", "repos/acme/app/git/trees/main?recursive=1", null, 200, null },
        { "PUT", "repos/acme/app/contents/README.md", """{"message":"m","content":"eQ=="}""", 422, "Invalid request.\n\n\"sha\" wasn't supplied." },
        { "PUT", "repos/acme/app/contents/README.md", $$"""{"message":"m","content":"eQ==","sha":"{{NoSha}}"}""", 409, $"README.md does not match {NoSha}" },
        { "PUT", "repos/acme/app/contents/README.md", """{"message":"m","content":"*","branch":"other"}""", 404, "Branch other not found" },
        { "PUT", "repos/acme/app/contents/a%2Fb.md", """{"message":"m","content":"eQ=="}""", 201, null },
        { "PUT", "repos/acme/app/contents/..%2Fb.md", """{"message":"m","content":"eQ=="}""", 422, "path contains a malformed path component" },
        { "POST", "repos/acme/app/git/blobs", """{"content":"x"}""", 404, "Not Found" },
        { "PATCH", "repos/acme/app", """{"default_branch":"other"}""", 422, "Validation Failed" },
        { "GET", "repos/acme/app/pulls?state=all", null, 200, null },
        { "GET", "repos/acme/app/pulls/1", null, 404, "Not Found" },
        { "PATCH", "repos/acme/app/pulls/1", """{"state":"closed"}""", 404, "Not Found" },
        { "PUT", "repos/acme/app/pulls/1/merge", "{}", 404, "Not Found" },
        { "POST", "repos/acme/app/pulls", """{"title":"t","head":"main"}""", 422, "Invalid request.\n\n\"base\" wasn't supplied." },
        { "POST", "repos/acme/app/pulls", """{"title":"t","head":"main","base":"other"}""", 422, "Validation Failed" },
        { "GET", "repos/acme/app/commits/main/check-runs", null, 200, null },
        { "GET", "repos/acme/app/commits/main/status", null, 200, null },
        { "GET", "repos/acme/app/commits/main/statuses", null, 200, null },
        { "POST", $"repos/acme/app/statuses/{NoSha}", """{"state":"success"}""", 422, $"No commit found for SHA: {NoSha}" },
        { "GET", "repos/acme/app/issues/1/comments", null, 404, "Not Found" },
        { "POST", "repos/acme/app/issues/1/comments", """{"body":"x"}""", 404, "Not Found" },
        { "DELETE", "repos/acme/app/issues/comments/1", null, 404, "Not Found" },
    };

    [Theory]
    [MemberData(nameof(OfAFilledRepository))]
    public async Task FilledRepositoryAnswersAsGitHubDoes(
        string method, string path, string? body, int status, string? message)
    {
        await _api.CreateAsync(empty: false);

        await ShouldAnswerAsync(method, path, body, status, message);
    }

    [Fact]
    public async Task ArchivedRepositoryTakesNoWrites()
    {
        await _api.CreateAsync(empty: false);
        await ShouldAnswerAsync("PATCH", "repos/acme/app", """{"archived":true}""", 200, null);

        const string words = "Repository was archived so is read-only.";
        await ShouldAnswerAsync("PUT", "repos/acme/app/topics", """{"names":[]}""", 403, words);
        await ShouldAnswerAsync("PUT", "repos/acme/app/contents/a", """{"message":"m","content":"eA=="}""", 403, words);
        await ShouldAnswerAsync("PATCH", "repos/acme/app", """{"description":"x"}""", 403, words);
        await ShouldAnswerAsync("GET", "repos/acme/app", null, 200, null);
        await ShouldAnswerAsync("PATCH", "repos/acme/app", """{"archived":false}""", 200, null);
        await ShouldAnswerAsync("PUT", "repos/acme/app/topics", """{"names":[]}""", 200, null);
    }

    private async Task ShouldAnswerAsync(string method, string path, string? body, int status, string? message)
    {
        var answer = await _api.AskAsync(method, path, body);
        answer.Status.Should().Be(status, "{0} {1} said {2}", method, path, answer.Body?.ToJsonString());
        if (message is not null)
        {
            answer.Body!["message"]!.ToString().Should().Be(message);
            answer.Body["status"]!.GetValue<string>().Should().Be($"{status}", "GitHub sends it as a text");
            answer.Body["documentation_url"]!.ToString().Should().StartWith("https://docs.github.com/");
        }
    }
}
