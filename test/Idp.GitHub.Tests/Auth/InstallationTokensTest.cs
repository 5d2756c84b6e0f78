using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests.Auth;

public sealed class InstallationTokensTest : IAsyncLifetime
{
    private AppWorld _world = null!;

    public async Task InitializeAsync() => _world = await AppWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task OneTokenServesManyRequests()
    {
        var client = _world.NewClient();

        await client.CreateRepositoryAsync("acme", new NewRepository { Name = "one" }, CancellationToken.None);
        await FindAsync(client);
        (await client.FindRepositoryAsync("ACME", "one", CancellationToken.None)).Should().NotBeNull();

        _world.Minted.Should().Be(1);
        _world.Calls.All.Select(call => $"{call.Operation} {call.StatusCode}").Should().Equal(
            "get_installation 200", "create_installation_token 201", "create_repository 201", "get_repository 404", "get_repository 200");
    }

    [Fact]
    public async Task TokenIsReplacedFiveMinutesBeforeItsEnd()
    {
        var client = _world.NewClient();
        await FindAsync(client);

        _world.Clock.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromSeconds(1));
        await FindAsync(client);
        _world.Minted.Should().Be(1);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(client);

        _world.Minted.Should().Be(2);
        _world.Count("get_installation").Should().Be(1, "it is remembered");
        _world.Installations.Tokens.Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task ShortLivedTokenIsUsedForHalfOfItsLife()
    {
        await using var world = await AppWorld.StartAsync(app => app with { TokenLifetime = TimeSpan.FromMinutes(4) });
        var client = world.NewClient();
        await FindAsync(client);

        world.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        await FindAsync(client);
        world.Minted.Should().Be(1);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(client);

        world.Minted.Should().Be(2);
    }

    [Fact]
    public async Task FiftyCallersAtOnceMakeOneToken()
    {
        using var handler = new HeldBack("/access_tokens");
        var tokens = _world.NewTokens(handler: handler);

        var callers = Enumerable.Range(0, 50).Select(_ => tokens.GetTokenAsync(CancellationToken.None).AsTask()).ToList();
        await handler.Arrived;
        callers.Should().OnlyContain(caller => !caller.IsCompleted);
        handler.LetGo();
        var given = await Task.WhenAll(callers);

        given.Distinct().Should().ContainSingle();
        _world.Minted.Should().Be(1);
        _world.Count("get_installation").Should().Be(1);
    }

    [Fact]
    public async Task CallerThatGivesUpLeavesTheOthersWaiting()
    {
        using var handler = new HeldBack("/access_tokens");
        using var impatience = new CancellationTokenSource();
        var tokens = _world.NewTokens(handler: handler);
        var first = tokens.GetTokenAsync(impatience.Token).AsTask();
        var second = tokens.GetTokenAsync(CancellationToken.None).AsTask();
        await handler.Arrived;

        await impatience.CancelAsync();

        await first.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        handler.LetGo();
        (await second).Should().Be(_world.Installations.Tokens.Single());
        (await tokens.GetTokenAsync(CancellationToken.None)).Should().Be(await second);
    }

    [Fact]
    public async Task FailedFlightIsNotRemembered()
    {
        var client = _world.NewClient();
        _world.Server.Add(new GitHubFault { Path = "/access_tokens", Status = 502 });

        await client.Awaiting(FindAsync).Should().ThrowAsync<GitHubUnavailableException>();

        await FindAsync(client);
        _world.Minted.Should().Be(2, "one was in vain");
    }

    [Fact]
    public async Task TokenThatWasTakenBackIsReplacedOnce()
    {
        var client = _world.NewClient();
        await FindAsync(client);
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        _world.Installations.RevokeTokens();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FindAsync(client)));

        _world.Minted.Should().Be(2);
        var log = _world.Calls.All.Where(call => call.Operation == "get_repository").Select(call => call.StatusCode).ToList();
        log.Should().Contain(401).And.OnlyContain(status => status == 401 || status == 404);
        log.Count(status => status == 404).Should().Be(21);
    }

    [Fact]
    public async Task LateRefusalOfTheOldTokenLeavesTheNewOneAlone()
    {
        var tokens = _world.NewTokens();
        var old = await tokens.GetTokenAsync(CancellationToken.None);
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        var refused = new RejectedToken(old, "Bad credentials", _world.Clock.GetUtcNow());

        tokens.Rejected(refused).Should().Be(RetryDecision.Another);
        var next = await tokens.GetTokenAsync(CancellationToken.None);
        tokens.Rejected(refused).Should().Be(RetryDecision.Another);

        next.Should().NotBe(old);
        (await tokens.GetTokenAsync(CancellationToken.None)).Should().Be(next);
        _world.Minted.Should().Be(2);
    }

    [Fact]
    public async Task WriteWithATokenThatWasTakenBackIsDoneOnce()
    {
        var client = _world.NewClient();
        await FindAsync(client);
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        _world.Installations.RevokeTokens();

        var made = await client.CreateRepositoryAsync("acme", new NewRepository { Name = "one", Description = "kept" }, CancellationToken.None);

        made.Description.Should().Be("kept");
        _world.Minted.Should().Be(2);
    }

    [Fact]
    public async Task TokenThatGitHubDoesNotKnowYetIsTriedAgainAtAGivenTime()
    {
        await using var world = await AppWorld.StartAsync(app => app with { ReplicationLag = TimeSpan.FromSeconds(3) });
        var client = world.NewClient();

        await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(1));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(2));
        world.Clock.Advance(TimeSpan.FromSeconds(2));
        await FindAsync(client);

        world.Minted.Should().Be(1);
    }

    [Fact]
    public async Task TokenThatWasTakenAfterAllCanBeTakenBackLikeAnyOther()
    {
        await using var world = await AppWorld.StartAsync(app => app with { ReplicationLag = TimeSpan.FromSeconds(1) });
        var client = world.NewClient();
        await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(1));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(client);
        world.Clock.Advance(TimeSpan.FromSeconds(20));
        world.Installations.RevokeTokens();

        await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(1));

        world.Minted.Should().Be(2, "the new one is made at once, and not known yet");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(client);
        world.Minted.Should().Be(2);
    }

    [Fact]
    public async Task TokenThatIsNeverTakenEndsInARefusal_AndNotInMoreTokens()
    {
        await using var world = await AppWorld.StartAsync(app => app with { ReplicationLag = TimeSpan.FromMinutes(30) });
        var client = world.NewClient();
        await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(1));
        foreach (var pause in new[] { 2, 4, 8, 16, 16 })
        {
            world.Clock.Advance(TimeSpan.FromSeconds(pause / 2));
            await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(pause));
        }

        world.Clock.Advance(TimeSpan.FromSeconds(60));
        await RefusedUntilAsync(client, null);

        world.Minted.Should().Be(1);
        await RefusedUntilAsync(client, world.Clock.GetUtcNow().AddSeconds(1));
        world.Minted.Should().Be(2, "whoever comes again much later starts anew");
    }

    [Fact]
    public async Task OldTokenServesOn_WhileGitHubMakesNoNewOne()
    {
        var client = _world.NewClient();
        await FindAsync(client);
        _world.Server.Add(new GitHubFault { Path = "/access_tokens", Status = 503, Times = 2 });

        _world.Clock.Advance(TimeSpan.FromMinutes(57));
        await FindAsync(client);
        _world.Clock.Advance(TimeSpan.FromMinutes(4));

        await client.Awaiting(FindAsync).Should().ThrowAsync<GitHubUnavailableException>();
        await FindAsync(client);
    }

    [Fact]
    public async Task RateLimitOfTheAppIsARateLimit()
    {
        var client = _world.NewClient();
        _world.Server.Add(new GitHubFault { Path = "/access_tokens", Status = 403, Headers = new Dictionary<string, string> { ["Retry-After"] = "30" } });

        var error = (await client.Awaiting(FindAsync).Should().ThrowAsync<RateLimitedException>()).Which;

        error.ResumeAt.Should().Be(_world.Clock.GetUtcNow().AddSeconds(30));
        _world.Clock.AdvanceTo(error.ResumeAt);
        await FindAsync(client);
    }

    [Theory]
    [InlineData(-45, 2)]
    [InlineData(-12, 2)]
    [InlineData(-5, 1)]
    [InlineData(0.5, 1)]
    [InlineData(2, 2)]
    [InlineData(75, 2)]
    public async Task ClockThatIsWrongIsSetByGitHubs(double minutes, int lookups)
    {
        _world.ClientClock = new ManualTime(_world.Clock.GetUtcNow().AddMinutes(minutes));
        var client = _world.NewClient();

        await FindAsync(client);
        Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromSeconds(1));
        await FindAsync(client);
        _world.Minted.Should().Be(1, "the end of the token is reckoned by GitHub's clock");
        Advance(TimeSpan.FromSeconds(1));
        await FindAsync(client);

        _world.Minted.Should().Be(2);
        _world.Count("get_installation").Should().Be(lookups, "what is wrong is learned once");
    }

    [Fact]
    public async Task EveryOwnerHasTokensOfItsOwn()
    {
        await _world.NewClient("acme").CreateRepositoryAsync("acme", new NewRepository { Name = "one" }, CancellationToken.None);
        await _world.NewClient("acme-labs").CreateRepositoryAsync("acme-labs", new NewRepository { Name = "one" }, CancellationToken.None);

        var other = await _world.NewClient("acme").FindRepositoryAsync("acme-labs", "one", CancellationToken.None);

        other.Should().BeNull("a token opens what its installation has");
        _world.NewTokens("acme-labs").ToString().Should().Be("App 12345 in acme-labs");
    }

    private void Advance(TimeSpan time)
    {
        _world.Clock.Advance(time);
        _world.ClientClock.Advance(time);
    }

    private static async Task RefusedUntilAsync(GitHubClient client, DateTimeOffset? time)
    {
        var error = (await client.Awaiting(FindAsync).Should().ThrowAsync<GitHubUnauthorizedException>()).Which;
        error.RetryAt.Should().Be(time);
        error.IsTerminal.Should().BeFalse();
    }

    private static async Task FindAsync(GitHubClient client) =>
        (await client.FindRepositoryAsync("acme", "absent", CancellationToken.None)).Should().BeNull();
}
