namespace Idp.GitHub.Tests;

public sealed class ScaffoldTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task CloneShowsOneCommitWithTheVeryFiles()
    {
        var repository = await _world.CreateAsync();

        var sha = await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        var clone = await ScaffoldProof.ShouldHoldAsync(_world, repository, Scaffolds.Rich);
        (await Git.RunAsync(clone, "rev-parse", "HEAD")).Trim().Should().Be(sha);
        (await Git.RunAsync(clone, "symbolic-ref", "--short", "HEAD")).Trim().Should().Be("main");
        (await Git.RunAsync(clone, "show", "-s", "--format=%an|%ae|%aI|%cn|%ce|%cI", "HEAD")).Trim().Should().Be(
            "Internal Developer Platform|platform@acme.dev|2026-02-28T21:59:58+00:00|"
            + "Internal Developer Platform|platform@acme.dev|2026-02-28T21:59:58+00:00");
        (await Git.RunAsync(clone, "show", "-s", "--format=%B", "HEAD")).Trim().Should().Be(
            Scaffolds.Rich.Message.Trim());
    }

    [Fact]
    public async Task RepositoryWithItsScaffoldTakesThreeRequests_OneOfWhichCreatesContent()
    {
        _world.Server.Requests.Reset();
        var repository = await _world.CreateAsync();

        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        _world.Server.Requests.ByOperation().Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["create_repository"] = 1,
            ["git_receive_pack_refs"] = 1,
            ["git_receive_pack"] = 1,
        });
        _world.Server.Requests.Writes.Should().Be(2);
    }

    [Fact]
    public async Task WrittenScaffoldIsNotWrittenAgain()
    {
        var repository = await _world.CreateAsync();
        var sha = await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        _world.Server.Requests.Reset();

        var again = await _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        again.Should().Be(sha);
        _world.Server.Requests.Writes.Should().Be(0);
        _world.Server.Requests.Total.Should().Be(1);
    }

    [Fact]
    public async Task ForeignHistoryIsLeftAlone()
    {
        var repository = await _world.CreateAsync();
        var foreign = await _world.Client.CommitFileAsync(
            repository, new FileCommit { Author = Scaffolds.Author, Path = "README.md", Message = "Mine", Content = "mine"u8.ToArray() }, CancellationToken.None);
        _world.Server.Requests.Reset();

        var write = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        (await write.Should().ThrowAsync<RepositoryNotEmptyException>()).Which.IsTerminal.Should().BeTrue();
        _world.Server.Requests.Writes.Should().Be(0);
        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(foreign);
    }

    [Fact]
    public async Task CommitOnTopOfTheScaffoldIsForeignHistory()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await _world.Client.CommitFileAsync(
            repository, new FileCommit { Author = Scaffolds.Author, Path = "more", Message = "More", Content = "more"u8.ToArray() }, CancellationToken.None);

        var write = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
    }

    [Fact]
    public async Task HistoryOnAnotherBranchIsLeftAlone()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        _world.Server.Requests.Reset();

        var write = () => _world.Client.CommitScaffoldAsync(
            repository, Scaffolds.Rich with { Branch = "trunk" }, CancellationToken.None);

        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
        _world.Server.Requests.Writes.Should().Be(0);
    }

    [Fact]
    public async Task BranchOfAnotherNameBecomesTheDefaultOfAnEmptyRepository()
    {
        var repository = await _world.CreateAsync();

        await _world.Client.CommitScaffoldAsync(
            repository, Scaffolds.Rich with { Branch = "trunk/1" }, CancellationToken.None);

        var clone = await ScaffoldProof.ShouldHoldAsync(_world, repository, Scaffolds.Rich);
        (await Git.RunAsync(clone, "symbolic-ref", "--short", "HEAD")).Trim().Should().Be("trunk/1");
    }

    [Fact]
    public async Task TwoRepositoriesAtOnce_AndTwoWritersOfOne_EndInOneCommitEach()
    {
        var left = await _world.CreateAsync("left");
        var right = await _world.CreateAsync("right");

        var shas = await Task.WhenAll(
            SettleAsync(left), SettleAsync(right), SettleAsync(left), SettleAsync(right), SettleAsync(left));

        shas.Distinct().Should().ContainSingle();
        await ScaffoldProof.ShouldHoldAsync(_world, left, Scaffolds.Rich);
        await ScaffoldProof.ShouldHoldAsync(_world, right, Scaffolds.Rich);
    }

    // As a reconciler does: a conflict means to come again.
    private async Task<string> SettleAsync(Repository repository)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                return await _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
            }
            catch (GitHubConflictException)
            {
            }
        }

        throw new InvalidOperationException("Ten conflicts in a row.");
    }
}
