using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>However much GitHub, or who can write to a repository, sends: no more than the limit is read.</summary>
/// <remarks>Alone: what the whole process allocates is counted.</remarks>
[Collection(nameof(BoundsTest))]
[CollectionDefinition(nameof(BoundsTest), DisableParallelization = true)]
public sealed class BoundsTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(300L << 20, false)]
    [InlineData(300L << 20, true)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MaxValue, true)]
    public async Task AnswerThatIsTooLong_IsRefused_WithoutBeingHeld(long bytes, bool compressed)
    {
        _world.Server.Add(new GitHubFault { Path = "^/repos/acme/x", Status = 200, Bytes = bytes, Compressed = compressed });
        var find = () => _world.Client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var error = (await find.Should().ThrowAsync<AnswerTooLargeException>()).Which;

        error.IsTerminal.Should().BeFalse();
        error.Message.Should().Contain("show acme/x").And.Contain("8192 KiB");
        (GC.GetTotalAllocatedBytes(precise: true) - before).Should().BeLessThan(128 << 20);
    }

    [Theory]
    [InlineData(429, typeof(RateLimitedException))]
    [InlineData(502, typeof(GitHubUnavailableException))]
    public async Task FailureWithTooManyWords_KeepsItsMeaning(int status, Type type)
    {
        _world.Server.Add(new GitHubFault { Path = "^/repos/acme/x", Status = status, Bytes = long.MaxValue });
        var find = () => _world.Client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        (await find.Should().ThrowAsync<GitHubException>()).Which.Should().BeOfType(type);
    }

    [Fact]
    public async Task FileThatIsTooLarge_IsNotFetched()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.CommitFileAsync(
            repository,
            new FileCommit { Author = Scaffolds.Author, Path = "big", Message = "Grow", Content = new byte[2_000_000] },
            CancellationToken.None);
        var read = () => _world.Client.ReadFileAsync(repository, "big", null, 64 * 1024, CancellationToken.None);

        var error = (await read.Should().ThrowAsync<AnswerTooLargeException>()).Which;

        error.Message.Should().Contain("show big of acme/payment-service").And.Contain("64 KiB");
        _world.Calls.All.Should().NotContain(call => call.Operation == "get_file");
    }

    [Theory]
    [InlineData("""{"type":"file","sha":"SHA","size":1,"encoding":"none","content":""}""")]
    [InlineData("""{"type":"file","sha":"SHA","size":1,"encoding":"base64","content":"LONG"}""")]
    public async Task SizeThatIsSaid_IsNotBelieved(string listing)
    {
        var content = Convert.ToBase64String(new byte[100_000]);
        var handler = new ScriptedHandler(request => ScriptedHandler.Json(
            200,
            request.Headers.Accept.ToString().Contains("raw", StringComparison.Ordinal)
                ? content
                : listing.Replace("SHA", new string('a', 40), StringComparison.Ordinal).Replace("LONG", content, StringComparison.Ordinal)));
        var repository = await _world.CreateAsync();
        var read = () => handler.Client().ReadFileAsync(repository, "x", null, 64 * 1024, CancellationToken.None);

        await read.Should().ThrowAsync<AnswerTooLargeException>();
    }

    [Fact]
    public async Task TokenFileOfAnySize_IsReadNoFurtherThanATokenCanBe()
    {
        await File.WriteAllTextAsync(_world.TokenPath, new string('a', 70_000));
        var find = () => _world.Client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        (await find.Should().ThrowAsync<TokenUnavailableException>()).Which.Message.Should().Contain("larger than any token");
    }
}
