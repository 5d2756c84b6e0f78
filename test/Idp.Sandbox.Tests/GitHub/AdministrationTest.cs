namespace Idp.Sandbox.Tests.GitHub;

/// <summary>What the contract server says of a repository beyond its files, where a client may not see the difference.</summary>
public sealed class AdministrationTest : IAsyncLifetime
{
    private const string Team = "orgs/acme/teams/platform/repos/acme/app";
    private Api _api = null!;

    public async Task InitializeAsync()
    {
        _api = await Api.StartAsync();
        await _api.CreateAsync();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task ARestartFindsEverythingAsItWas()
    {
        await _api.AskAsync("POST", "orgs/acme/teams", """{"name":"Team Shop"}""");
        await _api.AskAsync("PUT", "orgs/acme/teams/team-shop/repos/acme/app", """{"permission":"maintain"}""");
        await _api.AskAsync("PATCH", "repos/acme/app/properties/values", """{"properties":[{"property_name":"team","value":"shop"}]}""");
        await _api.AskAsync("PUT", "repos/acme/app/environments/production", """{"wait_timer":5,"reviewers":[{"type":"Team","id":3}]}""");
        await _api.AskAsync("POST", "repos/acme/app/actions/variables", """{"name":"registry","value":"x"}""");
        await _api.AskAsync("PUT", "repos/acme/app/vulnerability-alerts");
        await _api.AskAsync("POST", "repos/acme/app/rulesets", """{"name":"r","enforcement":"active","rules":[{"type":"deletion"}]}""");
        var before = await ReadAsync();

        await _api.RestartAsync();

        (await ReadAsync()).Should().Equal(before);
        before[0].Should().Contain("\"maintain\":true").And.Contain("\"admin\":false").And.Contain("\"role_name\":\"maintain\"");
        before[2].Should().Contain("\"slug\":\"team-shop\"");
        (await _api.AskAsync("GET", "repos/acme/app/vulnerability-alerts")).Status.Should().Be(204);
    }

    [Theory]
    [InlineData(null, 204)]
    [InlineData("application/vnd.github.v3.repository+json", 200)]
    public async Task WhatATeamMayDoIsSaidOnlyToThoseWhoAskForIt(string? accept, int status)
    {
        (await _api.AskAsync("GET", Team, null, ("Accept", accept))).Status.Should().Be(404);
        await _api.AskAsync("PUT", Team, """{"permission":"push"}""");

        (await _api.AskAsync("GET", Team, null, ("Accept", accept))).Status.Should().Be(status);
    }

    [Theory]
    [InlineData("PUT", "orgs/acme/teams/nobody/repos/acme/app", """{"permission":"push"}""", 404)]
    [InlineData("PUT", Team, """{"permission":"write"}""", 422)]
    [InlineData("POST", "orgs/acme/teams", """{"name":"platform"}""", 422)]
    [InlineData("PATCH", "repos/acme/app/properties/values", """{"properties":[{"property_name":"colour","value":"x"}]}""", 422)]
    [InlineData("PUT", "repos/acme/app/environments/x", """{"reviewers":[{"type":"Team","id":99}]}""", 422)]
    [InlineData("PUT", "repos/acme/app/environments/x", """{"deployment_branch_policy":{"protected_branches":true,"custom_branch_policies":true}}""", 422)]
    [InlineData("POST", "repos/acme/app/actions/variables", """{"name":"GITHUB_X","value":"x"}""", 422)]
    [InlineData("PATCH", "repos/acme/app/actions/variables/NONE", """{"value":"x"}""", 404)]
    [InlineData("POST", "repos/acme/app/rulesets", """{"name":"r","enforcement":"sometimes"}""", 422)]
    [InlineData("PUT", "repos/acme/app/rulesets/1", """{"name":"r"}""", 404)]
    [InlineData("GET", "repos/acme/app/vulnerability-alerts", null, 404)]
    public async Task WhatGitHubRefusesIsRefused(string method, string path, string? body, int status) =>
        (await _api.AskAsync(method, path, body)).Status.Should().Be(status);

    [Fact]
    public async Task ASecondOneOfTheSameNameIsRefused()
    {
        await _api.AskAsync("POST", "repos/acme/app/actions/variables", """{"name":"A","value":"x"}""");
        await _api.AskAsync("POST", "repos/acme/app/rulesets", """{"name":"r","enforcement":"active"}""");

        var variable = await _api.AskAsync("POST", "repos/acme/app/actions/variables", """{"name":"a","value":"y"}""");
        var ruleset = await _api.AskAsync("POST", "repos/acme/app/rulesets", """{"name":"r","enforcement":"active"}""");

        variable.Status.Should().Be(409);
        variable.Body!["message"]!.ToString().Should().Contain("already exists");
        ruleset.Status.Should().Be(422);
        ruleset.Body!["errors"]![0]!.ToString().Should().Be("Name must be unique", "rulesets list bare texts");
    }

    [Fact]
    public async Task ATokenCanBeMadeToLackAPermission_AndHearsWhichOne()
    {
        await _api.AskAsync("PUT", "_sandbox/permissions", """{"missing_permissions":["administration","variables=write"]}""");

        var (status, body, response) = await _api.AskAsync("PUT", Team, """{"permission":"push"}""");

        status.Should().Be(403);
        body!["message"]!.ToString().Should().Be("Resource not accessible by integration");
        response.Headers.GetValues("X-Accepted-GitHub-Permissions").Should().Equal("administration=write,members=read");
        (await _api.AskAsync("GET", "repos/acme/app/actions/variables")).Status.Should().Be(200, "reading is another permission");
        (await _api.AskAsync("POST", "repos/acme/app/actions/variables", """{"name":"A","value":"x"}""")).Status.Should().Be(403);
        await _api.AskAsync("PUT", "_sandbox/permissions", """{"missing_permissions":[]}""");
        (await _api.AskAsync("PUT", Team, """{"permission":"push"}""")).Status.Should().Be(204);
    }

    private async Task<IReadOnlyList<string>> ReadAsync()
    {
        List<string> found = [];
        foreach (var path in (string[])
            [
                "orgs/acme/teams/team-shop/repos/acme/app", "repos/acme/app/properties/values", "repos/acme/app/environments",
                "repos/acme/app/actions/variables", "repos/acme/app/rulesets", "repos/acme/app/rulesets/100001501",
            ])
        {
            var (status, body, _) = await _api.AskAsync("GET", path, null, ("Accept", "application/vnd.github.v3.repository+json"));
            status.Should().Be(200, $"{path} is there");
            found.Add(body!.ToJsonString().Replace(_api.Server.BaseAddress.Authority, "HOST", StringComparison.Ordinal));
        }

        return found;
    }
}
