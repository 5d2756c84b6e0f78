using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

public sealed class RedirectTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RenamedRepositoryIsFoundByItsOldName()
    {
        var before = await _world.CreateAsync("old-name");
        await RenameAsync("old-name", "new-name");

        var found = await _world.Client.FindRepositoryAsync("acme", "old-name", CancellationToken.None);

        found!.Id.Should().Be(before.Id);
        found.FullName.Should().Be("acme/new-name");
        var log = await Logs.ReadAsync(_world);
        log.Should().Contain(" GET /repos/acme/old-name 301").And.Contain($" GET /repositories/{before.Id} 200");
    }

    [Fact]
    public async Task WriteToARenamedRepositoryArrivesWithItsBody()
    {
        var before = await _world.CreateAsync("old-name");
        await RenameAsync("old-name", "new-name");

        await _world.Client.ReplaceTopicsAsync(before, ["kept"], CancellationToken.None);

        (await _world.Client.FindRepositoryAsync(before.Id, CancellationToken.None))!.Topics.Should().Equal("kept");
    }

    [Fact]
    public async Task ScaffoldOfARenamedRepositoryArrives()
    {
        var before = await _world.CreateAsync("old-name");
        await RenameAsync("old-name", "new-name");

        var sha = await _world.Client.CommitScaffoldAsync(before, Scaffolds.Rich, CancellationToken.None);

        (await _world.Client.FindHeadAsync(before with { Name = "new-name" }, "main", CancellationToken.None)).Should().Be(sha);
    }

    [Fact]
    public async Task NameTakenBySomebodyElseShowsTheOtherRepository()
    {
        var before = await _world.CreateAsync("old-name");
        await RenameAsync("old-name", "new-name");
        var other = await _world.CreateAsync("old-name");

        var found = await _world.Client.FindRepositoryAsync("acme", "old-name", CancellationToken.None);

        found!.Id.Should().Be(other.Id).And.NotBe(before.Id);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task OtherHostIsRefused_AndNeverSeesARequest(int status)
    {
        await using var stranger = await World.StartAsync();
        _world.Server.Add(new GitHubFault
        {
            Status = status,
            Headers = new Dictionary<string, string> { ["Location"] = $"{stranger.Server.BaseAddress}repositories/1" },
        });

        var find = () => _world.Client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        var error = (await find.Should().ThrowAsync<GitHubRedirectException>()).Which;
        error.Message.Should().Contain(stranger.Server.BaseAddress.Authority).And.NotContain(World.Token);
        stranger.Server.Requests.Total.Should().Be(0);
    }

    [Fact]
    public async Task HostThatSwitchesToPlainTextIsAnotherHost()
    {
        var handler = new ScriptedHandler(_ =>
            ScriptedHandler.Json(301, "{}", ("Location", "http://api.github.test/repositories/1")));

        var find = () => handler.Client().FindRepositoryAsync("acme", "x", CancellationToken.None);

        await find.Should().ThrowAsync<GitHubRedirectException>();
        handler.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task MethodBodyAndTokenAreKept()
    {
        var handler = new ScriptedHandler(request => request.RequestUri!.AbsolutePath.StartsWith(
            "/repos/", StringComparison.Ordinal)
            ? ScriptedHandler.Json(307, "{}", ("Location", "/repositories/7/topics"))
            : ScriptedHandler.Json(200, "{}"));

        await handler.Client().ReplaceTopicsAsync(ARepository, ["a"], CancellationToken.None);

        handler.Asked.Should().HaveCount(2);
        handler.Asked[1].Should().BeEquivalentTo(
            handler.Asked[0] with { Address = new Uri("https://api.github.test/repositories/7/topics") });
        handler.Asked[1].Authorization.Should().Be($"Bearer {World.Token}");
    }

    [Fact]
    public async Task EndlessRedirectsEndAfterThreeHops()
    {
        var handler = new ScriptedHandler(
            request => ScriptedHandler.Json(301, "{}", ("Location", request.RequestUri!.AbsoluteUri)));

        var find = () => handler.Client().FindRepositoryAsync("acme", "x", CancellationToken.None);

        await find.Should().ThrowAsync<GitHubRedirectException>().WithMessage("*more than 3 times*");
        handler.Asked.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public async Task WriteThatWasMovedForGoodIsNotRepeatedBlindly(int status)
    {
        var handler = new ScriptedHandler(
            _ => ScriptedHandler.Json(status, "{}", ("Location", "/repositories/7/topics")));

        var write = () => handler.Client().ReplaceTopicsAsync(ARepository, ["a"], CancellationToken.None);

        await write.Should().ThrowAsync<GitHubRedirectException>().WithMessage("*read it again*");
        handler.Asked.Should().ContainSingle();
    }

    private static readonly Repository ARepository = new()
    {
        Id = 7,
        Owner = "acme",
        Name = "x",
        DefaultBranch = "main",
        HtmlUrl = "",
        CloneUrl = "",
    };

    private async Task RenameAsync(string name, string newName)
    {
        using var http = new HttpClient();
        using var body = new StringContent($$"""{"owner":"acme","name":"{{name}}","new_name":"{{newName}}"}""");
        using var answer = await http.PostAsync(new Uri(_world.Server.BaseAddress, "_sandbox/rename"), body);
        answer.EnsureSuccessStatusCode();
    }
}
