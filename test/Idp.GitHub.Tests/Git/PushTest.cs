using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>What stands in the way of a push, and what it never does.</summary>
public sealed class PushTest : IAsyncLifetime
{
    private World _world = null!;
    private Repository _repository = null!;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RuleOfTheOrganisation_IsSaidInItsOwnWords()
    {
        _world.Server.Add(new GitHubFault
        {
            Method = "POST",
            Path = "git-receive-pack$",
            Kind = GitHubFaultKind.Decline,
            Body = "Changes must be made through a pull request.",
        });

        var error = (await Awaiting(Scaffold).Should().ThrowAsync<BranchProtectedException>()).Which;

        error.Message.Should().Contain("acme/payment-service").And.Contain("GH013").And.Contain("through a pull request");
        (await HeadAsync()).Should().BeNull();
        await Scaffold();
    }

    [Fact]
    public async Task RulesetOfTheRepository_RefusesAFile_AndTheBranchStays()
    {
        var head = await Scaffold();
        await _world.Client.Administration.Rulesets.CreateAsync(_repository, new Ruleset
        {
            Name = "reviewed",
            Enforcement = RulesetEnforcement.Active,
            Include = ["~DEFAULT_BRANCH"],
            Rules = [new RulesetRule("pull_request", null)],
        }, default);

        await Awaiting(() => FileAsync()).Should().ThrowAsync<BranchProtectedException>().WithMessage("*through a pull request*");

        (await HeadAsync()).Should().Be(head);
    }

    [Fact]
    public async Task LimitThatAPushRunsInto_StopsEverything()
    {
        _world.Server.Add(new GitHubFault
        {
            Method = "POST",
            Path = "git-receive-pack$",
            Status = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
        });
        await Awaiting(Scaffold).Should().ThrowAsync<RateLimitedException>();
        var before = _world.Server.Requests.Total;

        await Awaiting(() => _world.Client.FindRepositoryAsync(_repository.Id, default)).Should().ThrowAsync<RateLimitedException>();

        _world.Server.Requests.Total.Should().Be(before);
        _world.Clock.Advance(TimeSpan.FromSeconds(32));
        await Scaffold();
    }

    [Fact]
    public async Task WhileALimitLasts_NothingIsPushed()
    {
        _world.Server.Add(new GitHubFault { Method = "GET", Status = 403, Headers = new Dictionary<string, string> { ["Retry-After"] = "30" } });
        await Awaiting(() => _world.Client.FindRepositoryAsync(_repository.Id, default)).Should().ThrowAsync<RateLimitedException>();
        var before = _world.Server.Requests.Total;

        await Awaiting(Scaffold).Should().ThrowAsync<RateLimitedException>().WithMessage("*lay 8 files*");

        _world.Server.Requests.Total.Should().Be(before);
    }

    [Fact]
    public async Task PageOfSomebodyInBetween_IsNoAnswer()
    {
        _world.Server.Add(new GitHubFault { Path = "/info/refs", Status = 200, Body = new JsonObject { ["welcome"] = "to our network" } });

        await Awaiting(Scaffold).Should().ThrowAsync<GitHubUnavailableException>().WithMessage("*not Git's*");
    }

    [Fact]
    public async Task WhoMayNotWrite_SendsNoPush()
    {
        using var fence = new Fence();

        await Awaiting(() => _world.NewClient(fence).CommitScaffoldAsync(_repository, Scaffolds.Rich, default))
            .Should().ThrowAsync<GitHubUnavailableException>();

        (await HeadAsync()).Should().BeNull();
        _world.Server.Requests.ByOperation().Should().NotContainKey("git_receive_pack");
    }

    [Fact]
    public async Task CredentialsAreInNoException()
    {
        using var echo = new Echo(".git/");
        foreach (var status in (int[])[400, 401, 403, 404, 422, 429, 500])
        {
            echo.Status = status;
            var push = () => _world.NewClient(echo).CommitScaffoldAsync(_repository, Scaffolds.Rich, default);

            var error = (await push.Should().ThrowAsync<GitHubException>()).Which;

            echo.Said.Should().Contain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{World.Token}")));
            var text = $"{error} {error.Failure} {string.Join(' ', error.Errors)} {error.InnerException}";
            echo.Said.Append(World.Token).Where(secret => text.Contains(secret, StringComparison.Ordinal)).Should().BeEmpty("status {0}", status);
        }
    }

    [Fact]
    public async Task WhoStopsWaits_NoLonger_AndLeavesNothingBehind()
    {
        using var held = new HeldBack("git-receive-pack");
        using var stop = new CancellationTokenSource();
        var push = _world.NewClient(held).CommitScaffoldAsync(_repository, Scaffolds.Rich, stop.Token);
        await held.Arrived;

        await stop.CancelAsync();

        await Awaiting(() => push).Should().ThrowAsync<OperationCanceledException>();
        Directory.Exists(ObjectStoreFolder).Should().BeFalse("nothing is left of it");
    }

    [Fact]
    public async Task PushThatTakesTooLong_CountsAsLost()
    {
        using var held = new HeldBack("git-receive-pack");
        var push = _world.NewClient(options => options with { GitTimeout = TimeSpan.FromSeconds(20) }, held)
            .CommitScaffoldAsync(_repository, Scaffolds.Rich, default);
        await held.Arrived;

        _world.Clock.Advance(TimeSpan.FromSeconds(21));

        await Awaiting(() => push).Should().ThrowAsync<GitHubUnavailableException>().WithMessage("*within 20 s*");
        (await HeadAsync()).Should().BeNull();
    }

    [Fact]
    public async Task RepositoryThatIsTooLarge_IsNotFetchedWhole()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        await _world.Client.CommitScaffoldAsync(
            _repository, Scaffolds.Rich with { Files = [new RepositoryFile { Path = "noise", Content = noise }] }, default);
        var head = await HeadAsync();

        var write = () => _world.NewClient(options => options with { FetchLimit = 50_000 }).CommitFileAsync(_repository, AFile("a", "b"), default);

        await write.Should().ThrowAsync<AnswerTooLargeException>();
        (await HeadAsync()).Should().Be(head);
    }

    [Fact]
    public async Task FileThatCanBeRunStaysSo_AndNoFileTakesTheWayOfAnother()
    {
        await Scaffold();
        await _world.Client.CommitFileAsync(_repository, AFile("scripts/run.sh", "#!/bin/sh\n"), default);

        var clone = await Git.CloneAsync(_world.Server.CloneUrl("acme", "payment-service"), Path.Combine(_world.Folder, "clone"));
        (await Git.RunAsync(clone, "ls-tree", "HEAD", "scripts/run.sh")).Should().StartWith("100755");
        foreach (var path in (string[])["README.md/more", "src"])
        {
            await Awaiting(() => _world.Client.CommitFileAsync(_repository, AFile(path, "x"), default)).Should().ThrowAsync<GitHubValidationException>();
        }
    }

    [Fact]
    public async Task BranchThatIsNotThere_IsNotBegun()
    {
        await Scaffold();

        await Awaiting(() => _world.Client.CommitFileAsync(_repository, AFile("a", "b") with { Branch = "trunk" }, default))
            .Should().ThrowAsync<GitHubNotFoundException>().WithMessage("*trunk*");
    }

    [Fact]
    public async Task ManyAtOnceAllArrive()
    {
        var repositories = await Task.WhenAll(Enumerable.Range(0, 3 * GitThread.AtOnce).Select(number => _world.CreateAsync($"many-{number}")));

        var shas = await Task.WhenAll(repositories.Select(each => _world.NewClient().CommitScaffoldAsync(each, Scaffolds.Rich, default)));

        shas.Distinct().Should().ContainSingle("equal files, author and date make equal commits");
        foreach (var each in repositories)
        {
            (await _world.Client.FindHeadAsync(each, "main", default)).Should().Be(shas[0]);
        }
    }

    private static Func<Task<T>> Awaiting<T>(Func<Task<T>> action) => action;

    private static FileCommit AFile(string path, string text) =>
        new() { Author = Scaffolds.Author, Path = path, Message = "Change", Content = Encoding.UTF8.GetBytes(text) };

    private string ObjectStoreFolder => Path.Combine(_world.Folder, "objects");

    private Task<string> Scaffold() => _world.Client.CommitScaffoldAsync(_repository, Scaffolds.Rich, default);

    private Task<string?> FileAsync() => _world.Client.CommitFileAsync(_repository, AFile("a", "b"), default);

    private Task<string?> HeadAsync() => _world.Client.FindHeadAsync(_repository, "main", default);

    /// <summary>Lets reads through and no writes, as in front of who does not lead.</summary>
    private sealed class Fence() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Get
                ? base.SendAsync(request, cancellationToken)
                : throw new HttpRequestException("Nothing was sent.", null, HttpStatusCode.ServiceUnavailable);
    }
}
