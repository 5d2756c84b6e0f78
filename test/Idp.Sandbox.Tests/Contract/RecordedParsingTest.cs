using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Has the client read what GitHub really answered.</summary>
public sealed class RecordedParsingTest
{
    private static readonly Repository Somewhere = new()
    {
        Id = 1000,
        Owner = "octokit-fixture-org",
        Name = "hello-world",
        DefaultBranch = "main",
        HtmlUrl = "",
        CloneUrl = "",
    };

    [FactWith(Needs.GitHubContract)]
    public async Task RepositoryIsReadWhole()
    {
        var recorded = RecordedExchange.Of("get-repository", "GET", 200, "/hello-world");
        using var github = new Replay(recorded);

        var read = await github.Client.FindRepositoryAsync("octokit-fixture-org", "hello-world", default);

        ShouldSay(read!, recorded.Body!);
        read!.Topics.Should().Equal(recorded.Body!["topics"]!.AsArray().Select(topic => topic!.ToString()));
    }

    [FactWith(Needs.GitHubContract)]
    public async Task RenamedRepositoryIsFollowedToItsNumber()
    {
        var moved = RecordedExchange.Of("rename-repository", "GET", 301, "/rename-repository");
        var shown = RecordedExchange.Of("rename-repository", "GET", 200, "/repositories/1000");
        using var github = new Replay(moved, shown);

        var read = await github.Client.FindRepositoryAsync("octokit-fixture-org", "rename-repository", default);

        ShouldSay(read!, shown.Body!);
        read!.Name.Should().Be("rename-repository-newname");
    }

    [FactWith(Needs.GitHubContract)]
    public async Task ChangedRepositoryIsReadWhole()
    {
        var recorded = RecordedExchange.Of("rename-repository", "PATCH", 200, "/repositories/1000");
        using var github = new Replay(recorded);

        var read = await github.Client.UpdateRepositoryAsync(1000, new RepositorySettings { Description = "test description" }, default);

        ShouldSay(read, recorded.Body!);
        read.Description.Should().Be("test description");
    }

    [FactWith(Needs.GitHubContract)]
    public async Task BranchGivesItsHead()
    {
        var recorded = RecordedExchange.Of("git-refs", "POST", 201, "/git/refs");
        var branch = new JsonObject { ["name"] = "test", ["commit"] = recorded.Body!["object"]!.DeepClone(), ["protected"] = false };
        using var github = new Replay(recorded with { Method = "GET", Status = 200, Path = "/repos/octokit-fixture-org/hello-world/branches/test", Body = branch });

        (await github.Client.FindHeadAsync(Somewhere, "test", default)).Should().Be(recorded.Body!["object"]!["sha"]!.ToString());
    }

    [FactWith(Needs.GitHubContract)]
    public async Task FolderIsNoFile()
    {
        var recorded = RecordedExchange.Of("get-content", "GET", 200, "/contents/");
        using var github = new Replay(recorded with { Path = "/repos/octokit-fixture-org/hello-world/contents/docs" });

        (await github.Client.ReadFileAsync(Somewhere, "docs", null, 4_000_000, default)).Should().BeNull();
    }

    [FactWith(Needs.GitHubContract)]
    public async Task MistakesAreReadOneByOne()
    {
        var recorded = RecordedExchange.Of("errors", "POST", 422, "/labels");
        using var github = new Replay(recorded with { Method = "PATCH", Path = "/repositories/1000" });

        var update = () => github.Client.UpdateRepositoryAsync(1000, new RepositorySettings { Description = "x" }, default);

        var error = (await update.Should().ThrowAsync<GitHubValidationException>()).Which;
        error.Message.Should().Contain("Validation Failed").And.Contain("color");
        error.Errors.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Resource = "Label", Code = "invalid", Field = "color" });
        error.DocumentationUrl.Should().Be(recorded.Body!["documentation_url"]!.ToString());
        error.RequestId.Should().Be(recorded.Headers["x-github-request-id"]);
    }

    private static JsonObject NotFound() => new() { ["message"] = "Not Found" };

    private static void ShouldSay(Repository read, JsonNode recorded)
    {
        read.Id.Should().Be(recorded["id"]!.GetValue<long>());
        read.FullName.Should().Be(recorded["full_name"]!.ToString());
        read.Description.Should().Be(OrNull(recorded["description"]));
        read.Homepage.Should().Be(OrNull(recorded["homepage"]));
        read.Visibility.ToString().Should().BeEquivalentTo(recorded["visibility"]!.ToString());
        read.DefaultBranch.Should().Be(recorded["default_branch"]!.ToString());
        read.HtmlUrl.Should().Be(recorded["html_url"]!.ToString());
        read.CloneUrl.Should().Be(recorded["clone_url"]!.ToString());
        read.Archived.Should().Be(recorded["archived"]!.GetValue<bool>());
        read.CreatedAt.Should().Be(DateTimeOffset.Parse(recorded["created_at"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
        read.Switches["delete_branch_on_merge"].Should().Be(recorded["delete_branch_on_merge"]?.GetValue<bool>());
        read.Switches["has_issues"].Should().Be(recorded["has_issues"]!.GetValue<bool>());
        read.Switches["has_projects"].Should().Be(recorded["has_projects"]!.GetValue<bool>());
        read.Switches["has_wiki"].Should().Be(recorded["has_wiki"]!.GetValue<bool>());
    }

    private static string? OrNull(JsonNode? text) => string.IsNullOrEmpty(text?.ToString()) ? null : text.ToString();

    /// <summary>Gives the recorded answers, each to the request of its method and path.</summary>
    private sealed class Replay : HttpMessageHandler, ITokenSource
    {
        private readonly IReadOnlyList<RecordedExchange> _recorded;

        public Replay(params RecordedExchange[] recorded)
        {
            _recorded = recorded;
            Client = new GitHubClient(new HttpClient(this), this, new GitHubOptions(), TimeProvider.System);
        }

        public GitHubClient Client { get; }

        public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new("ghs_1_not-a-real-token");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var found = _recorded.Single(known => known.Method == request.Method.Method && known.Path == request.RequestUri!.PathAndQuery);
            var response = new HttpResponseMessage((HttpStatusCode)found.Status)
            {
                Content = new StringContent(found.Body?.ToJsonString() ?? "", Encoding.UTF8, "application/json"),
            };
            foreach (var (name, value) in found.Headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        }
    }
}
