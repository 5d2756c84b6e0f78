using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

public sealed class SandboxTest : IAsyncLifetime
{
    private Api _api = null!;

    public async Task InitializeAsync() => _api = await Api.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task RestartFindsEverythingAsItWas()
    {
        var sha = await _api.CreateAsync(empty: false);
        await _api.AskAsync("PATCH", "repos/acme/app", """{"description":"d","homepage":"https://acme.dev","has_issues":false}""");
        await _api.AskAsync("PUT", "repos/acme/app/topics", """{"names":["a"]}""");
        await _api.AskAsync("POST", "_sandbox/rename", """{"owner":"acme","name":"app","new_name":"app2"}""");
        await _api.AskAsync("PATCH", "repos/acme/app2", """{"archived":true}""");
        var before = (await _api.AskAsync("GET", "repos/acme/app2")).Body!;
        var port = _api.Server.BaseAddress.Authority;

        await _api.RestartAsync();

        var after = (await _api.AskAsync("GET", "repos/acme/app2")).Body!;
        after.ToJsonString().Replace(_api.Server.BaseAddress.Authority, port, StringComparison.Ordinal).Should().Be(
            before.ToJsonString());
        (await _api.AskAsync("GET", "repos/acme/app")).Status.Should().Be(301);
        (await _api.AskAsync("GET", "repos/acme/app2/git/ref/heads%2Fmain")).Body!["object"]!["sha"]!.ToString().Should().Be(sha);
        await _api.AskAsync("DELETE", "repos/acme/app2");
        await _api.RestartAsync();
        (await _api.AskAsync("POST", "orgs/acme/repos", """{"name":"next"}""")).Body!["id"]!.GetValue<long>()
            .Should().BeGreaterThan(before["id"]!.GetValue<long>(), "a number never comes twice");
    }

    [Fact]
    public async Task CountersTellReadsFromWrites()
    {
        await _api.CreateAsync(empty: false);
        await _api.AskAsync("GET", "repos/acme/app");
        await _api.AskAsync("GET", "nowhere");

        var counted = (await _api.AskAsync("GET", "_sandbox/requests")).Body!;

        counted.ToJsonString().Should().Be(
            """{"total":4,"writes":2,"by_operation":{"create_repository":1,"get_repository":1,"put_contents":1,"unknown":1},"faults_to_come":0}""");
        (await _api.AskAsync("DELETE", "_sandbox/requests")).Status.Should().Be(204);
        _api.Server.Requests.Total.Should().Be(0);
    }

    [Fact]
    public async Task LogHasOneLineForEachRequest_AndNoToken()
    {
        await _api.CreateAsync();
        await _api.AskAsync("GET", $"nowhere?token={Api.Token}");
        await _api.Server.DisposeAsync();

        var lines = await File.ReadAllLinesAsync(Path.Combine(_api.Folder.FullName, "requests.log"));

        lines.Select(line => line.Split(' ', 2)[1]).Should().Equal(
            "POST /orgs/acme/repos 201", "GET /nowhere?token=*** 404");
    }

    [Fact]
    public async Task FaultsStrikeInOrder_AsOftenAsTheySay()
    {
        await _api.CreateAsync();
        await _api.AskAsync(
            "POST",
            "_sandbox/faults",
            """{"method":"GET","path":"^/repos/acme/app$","skip":1,"times":2,"status":429,"body":{"message":"slow"},"headers":{"Retry-After":"7"}}""");
        await _api.AskAsync("POST", "_sandbox/faults", """{"kind":"AnswerAfter","method":"DELETE","status":502}""");

        var statuses = new List<int>();
        for (var request = 0; request < 4; request++)
        {
            statuses.Add((await _api.AskAsync("GET", "repos/acme/app")).Status);
        }

        statuses.Should().Equal(200, 429, 429, 200);
        (await _api.AskAsync("DELETE", "repos/acme/app")).Status.Should().Be(502);
        (await _api.AskAsync("GET", "repos/acme/app")).Status.Should().Be(404, "the delete was carried out");
        _api.Server.FaultsToCome.Should().Be(0);
    }

    [Theory]
    [InlineData(GitHubFaultKind.DropBefore, 404)]
    [InlineData(GitHubFaultKind.DropAfter, 200)]
    public async Task DroppedConnectionLosesTheAnswer(GitHubFaultKind kind, int found)
    {
        _api.Server.Add(new GitHubFault { Kind = kind, Method = "POST" });

        var create = () => _api.AskAsync("POST", "orgs/acme/repos", """{"name":"app"}""");

        await create.Should().ThrowAsync<HttpRequestException>();
        (await _api.AskAsync("GET", "repos/acme/app")).Status.Should().Be(found);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"kind":"Unheard"}""")]
    [InlineData("""{"path":"("}""")]
    [InlineData("""{"times":0}""")]
    [InlineData("""{"colour":"red"}""")]
    public async Task FaultThatIsNoneIsRefused(string body)
    {
        (await _api.AskAsync("POST", "_sandbox/faults", body)).Status.Should().Be(400);
        _api.Server.FaultsToCome.Should().Be(0);
    }

    [Fact]
    public async Task ManyAtOnceMakeOneOfEverything()
    {
        var creates = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _api.AskAsync("POST", "orgs/acme/repos", """{"name":"app"}""")));
        var puts = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            _api.AskAsync("PUT", $"repos/acme/app/contents/{number}", """{"message":"m","content":"eA=="}""")));

        creates.Select(answer => answer.Status).Order().Should().Equal(201, 422, 422, 422, 422, 422, 422, 422);
        puts.Should().OnlyContain(answer => answer.Status == 201);
        var tree = (await _api.AskAsync("GET", "repos/acme/app/git/trees/main")).Body!["tree"]!.AsArray();
        tree.Count.Should().Be(8, "no commit overwrote another");
    }
}
