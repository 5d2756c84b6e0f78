using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

public sealed class ScaffoldCrashTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public static TheoryData<GitHubFaultKind> Deaths => [GitHubFaultKind.DropBefore, GitHubFaultKind.DropAfter, GitHubFaultKind.AnswerAfter];

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task DeathAtAnyRequest_EndsInTheSameOneCommit(GitHubFaultKind death)
    {
        var untouched = await _world.CreateAsync("untouched");
        var expected = await _world.Client.CommitScaffoldAsync(untouched, Scaffolds.Rich, CancellationToken.None);
        var struck = 0;

        for (var request = 0; ; request++)
        {
            var repository = await _world.CreateAsync($"killed-{request}");
            _world.Server.Add(new GitHubFault { Kind = death, Skip = request, Status = 502 });
            var first = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
            if (!await FailsAsync(first))
            {
                _world.Server.ClearFaults();
                break;
            }

            struck++;
            var sha = await _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

            sha.Should().Be(expected, "request {0} died", request);
            await ScaffoldProof.ShouldHoldAsync(_world, repository, Scaffolds.Rich);
        }

        struck.Should().Be(6, "the scaffold takes a read, the bootstrap, a blob, a tree, a commit and the branch");
    }

    [Fact]
    public async Task DeathAtEveryRequestInTurn_EndsInTheSameOneCommit()
    {
        var repository = await _world.CreateAsync();
        var deaths = 0;
        for (var request = 0; ; request++)
        {
            _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropAfter, Skip = request });
            var attempt = () => _world.NewClient().CommitScaffoldAsync(
                repository, Scaffolds.Rich, CancellationToken.None);
            if (!await FailsAsync(attempt))
            {
                break;
            }

            deaths++;
        }

        deaths.Should().BeGreaterThan(3);
        _world.Server.ClearFaults();
        await ScaffoldProof.ShouldHoldAsync(_world, repository, Scaffolds.Rich);
    }

    [Fact]
    public async Task RuleAgainstForce_AndDeathBeforeTheSecondCommit_EndsInTheSecondCommit()
    {
        var repository = await _world.CreateAsync();
        ScaffoldProof.ForbidForce(_world);
        _world.Server.Add(
            new GitHubFault { Method = "POST", Path = "/git/commits$", Skip = 1, Kind = GitHubFaultKind.DropAfter });
        var first = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await first.Should().ThrowAsync<GitHubUnavailableException>();
        ScaffoldProof.ForbidForce(_world);

        await _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await ScaffoldProof.ShouldHoldAsync(_world, repository, Scaffolds.Rich, commits: 2);
    }

    [Fact]
    public async Task PushWhileTheScaffoldIsWritten_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        _world.Server.Add(
            new GitHubFault { Method = "POST", Path = "/git/commits$", Kind = GitHubFaultKind.DropAfter });
        var first = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await first.Should().ThrowAsync<GitHubUnavailableException>();
        var pushed = await _world.Client.CommitFileAsync(
            repository, new FileCommit { Path = "hotfix", Message = "Hotfix", Content = "!"u8.ToArray() }, CancellationToken.None);

        var second = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await second.Should().ThrowAsync<RepositoryNotEmptyException>();
        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(pushed);
    }

    [Fact]
    public async Task PushJustBeforeTheBranchIsForced_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        var client = _world.NewClient(new AfterOperation("/git/commits", () => PushAsync(repository)));

        var write = () => client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        (await write.Should().ThrowAsync<GitHubConflictException>()).Which.IsTerminal.Should().BeFalse();
        (await HeadAsync(repository)).Message.Should().Be("Hotfix");
        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
    }

    [Fact]
    public async Task PushIntoTheEmptyRepositoryJustBeforeTheBootstrap_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        var client = _world.NewClient(new AfterOperation("/commits/heads", () => PushAsync(repository)));

        var write = () => client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
        var head = await HeadAsync(repository);
        var parent = await _world.Client.FindCommitAsync(repository, head.Parents.Single(), CancellationToken.None);
        parent!.Message.Should().Be("Hotfix");
    }

    private async Task PushAsync(Repository repository) => await _world.Client.CommitFileAsync(
        repository,
        new FileCommit { Path = "hotfix", Message = "Hotfix", Content = "!"u8.ToArray() },
        CancellationToken.None);

    private async Task<GitCommit> HeadAsync(Repository repository)
    {
        var sha = await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None);
        return (await _world.Client.FindCommitAsync(repository, sha!, CancellationToken.None))!;
    }

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
