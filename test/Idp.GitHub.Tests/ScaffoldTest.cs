using Idp.Sandbox.GitHub;

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

        var clone = await ShouldHoldScaffoldAsync(repository, Scaffolds.Rich);
        (await Git.RunAsync(clone, "rev-parse", "HEAD")).Trim().Should().Be(sha);
        (await Git.RunAsync(clone, "symbolic-ref", "--short", "HEAD")).Trim().Should().Be("main");
        (await Git.RunAsync(clone, "show", "-s", "--format=%an|%ae|%aI|%cn|%ce|%cI", "HEAD")).Trim().Should().Be(
            "Internal Developer Platform|platform@acme.dev|2026-02-28T21:59:58+00:00|"
            + "Internal Developer Platform|platform@acme.dev|2026-02-28T21:59:58+00:00");
        (await Git.RunAsync(clone, "show", "-s", "--format=%B", "HEAD")).Trim().Should().Be(Scaffolds.Rich.Message.Trim());
    }

    [Fact]
    public async Task TextTakesFourWritesAndTwoReads()
    {
        var repository = await _world.CreateAsync();
        _world.Server.Requests.Reset();

        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Plain, CancellationToken.None);

        _world.Server.Requests.ByOperation().Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["get_ref"] = 2,
            ["put_contents"] = 1,
            ["create_tree"] = 1,
            ["create_commit"] = 1,
            ["update_ref"] = 1,
        });
        _world.Server.Requests.Writes.Should().Be(4);
    }

    [Fact]
    public async Task EachFileThatIsNoTextTakesOneWriteMore()
    {
        var repository = await _world.CreateAsync();
        _world.Server.Requests.Reset();

        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        _world.Server.Requests.Writes.Should().Be(5);
        _world.Server.Requests.ByOperation().Should().Contain("create_blob", 1);
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
        _world.Server.Requests.Total.Should().Be(2);
    }

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
            await ShouldHoldScaffoldAsync(repository, Scaffolds.Rich);
        }

        struck.Should().Be(7, "the scaffold takes two reads, the bootstrap, a blob, a tree, a commit and the branch");
    }

    [Fact]
    public async Task DeathAtEveryRequestInTurn_EndsInTheSameOneCommit()
    {
        var repository = await _world.CreateAsync();
        var deaths = 0;
        for (var request = 0; ; request++)
        {
            _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropAfter, Skip = request });
            var attempt = () => _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
            if (!await FailsAsync(attempt))
            {
                break;
            }

            deaths++;
        }

        deaths.Should().BeGreaterThan(3);
        _world.Server.ClearFaults();
        await ShouldHoldScaffoldAsync(repository, Scaffolds.Rich);
    }

    [Fact]
    public async Task RuleAgainstForce_LeavesTheScaffoldAsSecondCommit()
    {
        var repository = await _world.CreateAsync();
        ForbidForce();

        var sha = await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        var again = await _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        again.Should().Be(sha);
        await ShouldHoldScaffoldAsync(repository, Scaffolds.Rich, commits: 2);
    }

    [Fact]
    public async Task RuleAgainstForce_AndDeathBeforeTheSecondCommit_EndsInTheSecondCommit()
    {
        var repository = await _world.CreateAsync();
        ForbidForce();
        _world.Server.Add(new GitHubFault { Method = "POST", Path = "/git/commits$", Skip = 1, Kind = GitHubFaultKind.DropAfter });
        var first = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await first.Should().ThrowAsync<GitHubUnavailableException>();
        ForbidForce();

        await _world.NewClient().CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await ShouldHoldScaffoldAsync(repository, Scaffolds.Rich, commits: 2);
    }

    [Fact]
    public async Task ForeignHistoryIsLeftAlone()
    {
        var repository = await _world.CreateAsync();
        var foreign = await _world.Client.CommitFileAsync(
            repository, new FileCommit { Path = "README.md", Message = "Mine", Content = "mine"u8.ToArray() }, CancellationToken.None);
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
            repository, new FileCommit { Path = "more", Message = "More", Content = "more"u8.ToArray() }, CancellationToken.None);

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

        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich with { Branch = "trunk/1" }, CancellationToken.None);

        var clone = await ShouldHoldScaffoldAsync(repository, Scaffolds.Rich);
        (await Git.RunAsync(clone, "symbolic-ref", "--short", "HEAD")).Trim().Should().Be("trunk/1");
    }

    [Fact]
    public async Task PushWhileTheScaffoldIsWritten_IsNotOverwritten()
    {
        var repository = await _world.CreateAsync();
        _world.Server.Add(new GitHubFault { Method = "POST", Path = "/git/commits$", Kind = GitHubFaultKind.DropAfter });
        var first = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        await first.Should().ThrowAsync<GitHubUnavailableException>();
        var pushed = await _world.Client.CommitFileAsync(
            repository, new FileCommit { Path = "hotfix", Message = "Hotfix", Content = "!"u8.ToArray() }, CancellationToken.None);

        var second = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        await second.Should().ThrowAsync<RepositoryNotEmptyException>();
        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().Be(pushed);
    }

    [Fact]
    public async Task TwoRepositoriesAtOnce_AndTwoWritersOfOne_EndInOneCommitEach()
    {
        var left = await _world.CreateAsync("left");
        var right = await _world.CreateAsync("right");

        var shas = await Task.WhenAll(
            SettleAsync(left), SettleAsync(right), SettleAsync(left), SettleAsync(right), SettleAsync(left));

        shas.Distinct().Should().ContainSingle();
        await ShouldHoldScaffoldAsync(left, Scaffolds.Rich);
        await ShouldHoldScaffoldAsync(right, Scaffolds.Rich);
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

    private void ForbidForce() => _world.Server.Add(new GitHubFault
    {
        Method = "PATCH",
        Path = "/git/refs/heads%2Fmain$",
        Status = 422,
        Body = System.Text.Json.Nodes.JsonNode.Parse(
            """{"message":"Repository rule violations found\n\nCannot force-push to this branch\n","status":"422"}"""),
    });

    private async Task<string> ShouldHoldScaffoldAsync(Repository repository, Scaffold scaffold, int commits = 1)
    {
        var folder = Path.Combine(_world.Folder, $"clone-{Guid.NewGuid():n}");
        var clone = await Git.CloneAsync(_world.Server.CloneUrl(repository.Owner, repository.Name), folder);
        (await Git.RunAsync(clone, "rev-list", "--count", "--all")).Trim().Should().Be($"{commits}");
        var listed = (await Git.RunAsync(clone, "ls-tree", "-r", "-z", "--format=%(objectmode) %(path)", "HEAD"))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        listed.Should().BeEquivalentTo(scaffold.Files.Select(file => $"{(file.Executable ? "100755" : "100644")} {file.Path}"));
        foreach (var file in scaffold.Files)
        {
            var path = Path.Combine(clone, file.Path);
            (await File.ReadAllBytesAsync(path)).Should().Equal(file.Content.ToArray(), file.Path);
        }

        return clone;
    }
}
