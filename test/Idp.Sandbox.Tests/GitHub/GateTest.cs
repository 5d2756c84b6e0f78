namespace Idp.Sandbox.Tests.GitHub;

public sealed class GateTest : IAsyncLifetime
{
    private Api _api = null!;

    public async Task InitializeAsync() => _api = await Api.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("Authorization", null, 401, "Requires authentication")]
    [InlineData("Authorization", "Bearer wrong", 401, "Bad credentials")]
    [InlineData("Authorization", "Basic wrong", 401, "Bad credentials")]
    [InlineData("Authorization", "token " + Api.Token, 200, null)]
    [InlineData("User-Agent", null, 403, "Request forbidden by administrative rules.")]
    [InlineData("X-GitHub-Api-Version", "2022-11-28", 200, null)]
    [InlineData("X-GitHub-Api-Version", "1999-01-01", 400, "API version 1999-01-01 is not supported")]
    public async Task HeadersDecideWhoIsLetIn(string name, string? value, int status, string? message)
    {
        await _api.CreateAsync();

        var answer = await _api.AskAsync("GET", "repos/acme/app", null, (name, value));

        answer.Status.Should().Be(status);
        if (message is not null)
        {
            answer.Body!["message"]!.ToString().Should().StartWith(message);
        }
    }

    [Fact]
    public async Task EveryAnswerCarriesGitHubsHeaders()
    {
        var (_, body, response) = await _api.AskAsync("GET", "rate_limit");

        foreach (var name in new[] { "limit", "remaining", "used", "reset", "resource" })
        {
            response.Headers.Should().Contain(
                header => header.Key.Equals($"x-ratelimit-{name}", StringComparison.OrdinalIgnoreCase));
        }

        response.Headers.Should().Contain(header => header.Key == "X-GitHub-Request-Id");
        response.Content.Headers.ContentType!.ToString().Should().Be("application/json; charset=utf-8");
        body!["resources"]!["core"]!["limit"]!.GetValue<int>().Should().Be(15_000);
    }

    [Fact]
    public async Task CreatedRepositoryIsWholeAndSaysWhereItIs()
    {
        var (_, body, response) = await _api.AskAsync(
            "POST", "orgs/acme/repos", """{"name":"my app","description":"d","homepage":"https://acme.dev","private":true,"has_wiki":false}""");

        response.Headers.Location!.AbsoluteUri.Should().Be($"{_api.Server.BaseAddress}repos/acme/my-app");
        body!["full_name"]!.ToString().Should().Be("acme/my-app");
        body["visibility"]!.ToString().Should().Be("private");
        body["has_wiki"]!.GetValue<bool>().Should().BeFalse();
        body.AsObject().Count.Should().BeGreaterThan(90, "GitHub requires 78 members and sends some more");
        body["owner"]!["login"]!.ToString().Should().Be("acme");
    }

    [Theory]
    [InlineData("GET", "", 301)]
    [InlineData("GET", "/git/ref/heads%2Fmain", 301)]
    [InlineData("PATCH", "", 307)]
    [InlineData("DELETE", "", 307)]
    [InlineData("PUT", "/contents/a%2Fb", 307)]
    public async Task RenamedRepositoryPointsToItsNumber(string method, string tail, int status)
    {
        await _api.CreateAsync(empty: false);
        var id = (await _api.AskAsync("PATCH", "repos/acme/app", """{"name":"app2"}""")).Body!["id"];

        var (actual, body, response) = await _api.AskAsync(
            method, $"repos/acme/app{tail}", method == "GET" ? null : "{}");

        actual.Should().Be(status);
        response.Headers.Location!.AbsoluteUri.Should().Be($"{_api.Server.BaseAddress}repositories/{id}{tail}");
        body!["message"]!.ToString().Should().Be("Moved Permanently");
        body["url"]!.ToString().Should().Be(response.Headers.Location.AbsoluteUri);
    }

    [Fact]
    public async Task NameThatIsTakenIsNoNewName()
    {
        await _api.CreateAsync();
        await _api.AskAsync("POST", "orgs/acme/repos", """{"name":"other"}""");

        var (status, body, _) = await _api.AskAsync("PATCH", "repos/acme/app", """{"name":"Other"}""");

        status.Should().Be(422);
        body!["errors"]![0]!["message"]!.ToString().Should().Be("name already exists on this account");
    }
}
