using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>A scaffold in a repository that GitHub itself gave a first commit.</summary>
public sealed class FirstCommitTest : IAsyncLifetime
{
    private static readonly Scaffold Plain = Scaffolds.Plain with { ReplacesFirstCommit = true };
    private static readonly Scaffold Rich = Scaffolds.Rich with { ReplacesFirstCommit = true };
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RepositoryWithItsScaffoldTakesSixRequests_FourOfWhichCreateContent()
    {
        var repository = await CreateAsync();
        await _world.Client.CommitScaffoldAsync(repository, Plain, CancellationToken.None);

        _world.Server.Requests.ByOperation().Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["create_repository"] = 1,
            ["get_head_commit"] = 1,
            ["create_tree"] = 1,
            ["create_commit"] = 1,
            ["update_ref"] = 1,
        });
        _world.Server.Requests.ByOperation().Where(pair => Operations.CreateContent.Contains(pair.Key)).Sum(pair => pair.Value).Should().Be(
            Plain.ContentRequests + 1).And.Be(4);
        await ScaffoldProof.ShouldHoldAsync(_world, repository, Plain);
    }

    [Fact]
    public async Task DeathAtAnyRequest_EndsInTheSameOneCommit()
    {
        var expected = await _world.Client.CommitScaffoldAsync(await CreateAsync("untouched"), Rich, CancellationToken.None);
        var struck = 0;
        for (; ; struck++)
        {
            var repository = await CreateAsync($"killed-{struck}");
            _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropAfter, Skip = struck });
            var first = () => _world.Client.CommitScaffoldAsync(repository, Rich, CancellationToken.None);
            if (!await FailsAsync(first))
            {
                break;
            }

            (await _world.NewClient().CommitScaffoldAsync(repository, Rich, CancellationToken.None)).Should().Be(expected);
            await ScaffoldProof.ShouldHoldAsync(_world, repository, Rich);
        }

        struck.Should().Be(5, "it takes a read, a blob, a tree, a commit and the branch");
    }

    [Fact]
    public async Task WrittenScaffoldIsNotWrittenAgain()
    {
        var repository = await CreateAsync();
        var sha = await _world.Client.CommitScaffoldAsync(repository, Rich, CancellationToken.None);
        _world.Server.Requests.Reset();

        (await _world.NewClient().CommitScaffoldAsync(repository, Rich, CancellationToken.None)).Should().Be(sha);

        _world.Server.Requests.Total.Should().Be(1);
    }

    [Fact]
    public async Task RuleAgainstForce_LeavesTheScaffoldAsSecondCommit()
    {
        var repository = await CreateAsync();
        ScaffoldProof.ForbidForce(_world);

        var sha = await _world.Client.CommitScaffoldAsync(repository, Rich, CancellationToken.None);
        var again = await _world.NewClient().CommitScaffoldAsync(repository, Rich, CancellationToken.None);

        again.Should().Be(sha);
        await ScaffoldProof.ShouldHoldAsync(_world, repository, Rich, commits: 2);
    }

    [Fact]
    public async Task WorkOnTopOfTheFirstCommitIsLeftAlone()
    {
        var repository = await CreateAsync();
        var pushed = await _world.Client.CommitFileAsync(
            repository, new FileCommit { Path = "hotfix", Message = "Hotfix", Content = "!"u8.ToArray() }, CancellationToken.None);

        var write = () => _world.Client.CommitScaffoldAsync(repository, Rich, CancellationToken.None);

        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(pushed);
    }

    [Fact]
    public async Task FirstCommitOfOthersIsLeftAlone_WhereNoneOfGitHubsIsExpected()
    {
        var repository = await CreateAsync();

        var write = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
    }

    [Fact]
    public async Task FirstCommitThatIsNotThereYet_IsWaitedFor_ForAMinute()
    {
        var repository = await _world.CreateAsync();
        _world.Clock.AdvanceTo(repository.CreatedAt.AddSeconds(59));
        var write = () => _world.Client.CommitScaffoldAsync(repository, Rich, CancellationToken.None);

        (await write.Should().ThrowAsync<GitHubConflictException>()).Which.IsTerminal.Should().BeFalse();

        _world.Server.Requests.Writes.Should().Be(1, "only the repository was made");
        _world.Clock.AdvanceTo(repository.CreatedAt.AddSeconds(61));
        await write();
        await ScaffoldProof.ShouldHoldAsync(_world, repository, Rich);
    }

    private Task<Repository> CreateAsync(string name = "payment-service") => _world.Client.CreateRepositoryAsync(
        "acme", new NewRepository { Name = name, Description = "Takes payments.", AutoInit = true }, CancellationToken.None);

    private static async Task<bool> FailsAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return false;
        }
        catch (GitHubUnavailableException)
        {
            return true;
        }
    }
}
