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
        { "GET", "repos/acme/app/git/matching-refs/heads", null, 409, "Git Repository is empty." },
        { "GET", $"repos/acme/app/git/commits/{NoSha}", null, 409, "Git Repository is empty." },
        { "POST", "repos/acme/app/git/blobs", """{"content":"x"}""", 409, "Git Repository is empty." },
        { "POST", "repos/acme/app/git/trees", """{"tree":[{"path":"a","mode":"100644","content":"x"}]}""", 409, "Git Repository is empty." },
        { "POST", "repos/acme/app/git/refs", $$"""{"ref":"refs/heads/x","sha":"{{NoSha}}"}""", 409, "Git Repository is empty." },
        { "PATCH", "repos/acme/app/git/refs/heads%2Fmain", $$"""{"sha":"{{NoSha}}"}""", 409, "Git Repository is empty." },
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
        { "POST", "repos/acme/app/git/blobs", """{"content":"*","encoding":"base64"}""", 422, "content is not valid Base64" },
        { "POST", "repos/acme/app/git/trees", """{"tree":[]}""", 422, "Invalid tree info" },
        { "POST", "repos/acme/app/git/trees", """{"tree":[{"path":"a","mode":"100644","content":"x","sha":"y"}]}""", 422, "Invalid tree info" },
        { "POST", "repos/acme/app/git/trees", """{"tree":[{"path":".git/x","mode":"100644","content":"x"}]}""", 422, "tree contains a malformed path" },
        { "POST", "repos/acme/app/git/trees", $$"""{"tree":[{"path":"a","mode":"100644","sha":"{{NoSha}}"}]}""", 422, "tree.sha does not exist" },
        { "POST", "repos/acme/app/git/commits", $$"""{"message":"m","tree":"{{NoSha}}"}""", 422, "Tree SHA does not exist" },
        { "POST", "repos/acme/app/git/refs", $$"""{"ref":"refs/heads/x","sha":"{{NoSha}}"}""", 422, "Object does not exist" },
        { "PATCH", "repos/acme/app/git/refs/heads%2Fmain", $$"""{"sha":"{{NoSha}}"}""", 422, "Object does not exist" },
        { "PATCH", "repos/acme/app/git/refs/heads%2Fother", $$"""{"sha":"{{NoSha}}"}""", 422, "Reference does not exist" },
        { "PATCH", "repos/acme/app", """{"default_branch":"other"}""", 422, "Validation Failed" },
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
    public async Task BranchMovesForwardOnly_UnlessForced()
    {
        var first = await _api.CreateAsync(empty: false);
        var second = (await _api.AskAsync("PUT", "repos/acme/app/contents/b", """{"message":"m","content":"eA=="}""")).Body!["commit"]!["sha"]!;
        const string main = "repos/acme/app/git/refs/heads%2Fmain";

        (await _api.AskAsync("PATCH", main, $$"""{"sha":"{{second}}"}""")).Status.Should().Be(200, "it stands there already");
        await ShouldAnswerAsync("PATCH", main, $$"""{"sha":"{{first}}"}""", 422, "Update is not a fast forward");
        await ShouldAnswerAsync("PATCH", main, $$"""{"sha":"{{first}}","force":true}""", 200, null);
        await ShouldAnswerAsync("POST", "repos/acme/app/git/refs", $$"""{"ref":"refs/heads/two","sha":"{{first}}"}""", 201, null);
        await ShouldAnswerAsync("POST", "repos/acme/app/git/refs", $$"""{"ref":"refs/heads/two","sha":"{{first}}"}""", 422, "Reference already exists");
    }

    [Fact]
    public async Task TreeOnTopOfAnotherKeepsAndTakesAway()
    {
        await _api.CreateAsync(empty: false);
        var head = (await _api.AskAsync("GET", "repos/acme/app/git/trees/main")).Body!["sha"]!;

        var (status, body, _) = await _api.AskAsync(
            "POST",
            "repos/acme/app/git/trees",
            $$"""{"base_tree":"{{head}}","tree":[{"path":"README.md","mode":"100644","sha":null},{"path":"a/b","mode":"100755","content":"ü"}]}""");

        status.Should().Be(201);
        var all = (await _api.AskAsync("GET", $"repos/acme/app/git/trees/{body!["sha"]}?recursive=1")).Body!["tree"]!.AsArray();
        all.Select(entry => $"{entry!["mode"]} {entry["path"]}").Should().Equal("040000 a", "100755 a/b");
    }

    [Fact]
    public async Task ArchivedRepositoryTakesNoWrites()
    {
        await _api.CreateAsync(empty: false);
        await ShouldAnswerAsync("PATCH", "repos/acme/app", """{"archived":true}""", 200, null);

        const string words = "Repository was archived so is read-only.";
        await ShouldAnswerAsync("PUT", "repos/acme/app/topics", """{"names":[]}""", 403, words);
        await ShouldAnswerAsync("PUT", "repos/acme/app/contents/a", """{"message":"m","content":"eA=="}""", 403, words);
        await ShouldAnswerAsync("POST", "repos/acme/app/git/blobs", """{"content":"x"}""", 403, words);
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
