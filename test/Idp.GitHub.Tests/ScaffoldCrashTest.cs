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

        struck.Should().Be(2, "the scaffold takes a look at the branches, and the push");
    }

    [Fact]
    public async Task LostAnswerToThePush_IsNotPushedAgain()
    {
        var repository = await _world.CreateAsync();
        _world.Server.Add(new GitHubFault { Method = "POST", Path = "git-receive-pack$", Kind = GitHubFaultKind.DropAfter });
        var write = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await write.Should().ThrowAsync<GitHubUnavailableException>();

        await write();

        _world.Server.Requests.ByOperation()["git_receive_pack"].Should().Be(1);
        await ScaffoldProof.ShouldHoldAsync(_world, repository, Scaffolds.Rich);
    }

    [Fact]
    public async Task WorkThatCameBetweenTwoTries_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        _world.Server.Add(new GitHubFault { Method = "POST", Path = "git-receive-pack$", Kind = GitHubFaultKind.DropAfter });
        var write = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await write.Should().ThrowAsync<GitHubUnavailableException>();
        var pushed = await PushAsync(repository);

        await write.Should().ThrowAsync<RepositoryNotEmptyException>();

        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(pushed);
    }

    [Fact]
    public async Task WorkThatComesBetweenTheLookAndThePush_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        string? pushed = null;
        var client = _world.NewClient(new AfterOperation("/info/refs", async () => pushed = await PushAsync(repository)));

        var write = () => client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        (await write.Should().ThrowAsync<GitHubConflictException>()).Which.IsTerminal.Should().BeFalse();
        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(pushed);
        await write.Should().ThrowAsync<RepositoryNotEmptyException>();
    }

    [Fact]
    public async Task WorkThatComesWhileAFileIsWritten_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        string? pushed = null;
        foreach (var moment in (string[])["/git-upload-pack", "/info/refs"])
        {
            var client = _world.NewClient(new AfterOperation(moment, async () => pushed = await PushAsync(repository, moment)));

            var write = () => client.CommitFileAsync(repository, Change("mine", "mine"), CancellationToken.None);

            (await write.Should().ThrowAsync<GitHubConflictException>()).Which.IsTerminal.Should().BeFalse();
            (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(pushed);
        }
    }

    private Task<string?> PushAsync(Repository repository, string text = "!") =>
        _world.Client.CommitFileAsync(repository, Change("hotfix", text), CancellationToken.None);

    private static FileCommit Change(string path, string text) =>
        new() { Author = Scaffolds.Author, Path = path, Message = "Change", Content = System.Text.Encoding.UTF8.GetBytes(text) };

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
