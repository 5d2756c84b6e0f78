using System.Text;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>Commits that are put on branches, and branches that are deleted.</summary>
public sealed class BranchPushTest : IAsyncLifetime
{
    private const string Main = "refs/heads/main";
    private const string Branch = "idp/golden-path";
    private const string Hidden = "refs/idp/golden-path";
    private World _world = null!;
    private Repository _repository = null!;
    private string _head = "";

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
        _head = await _world.Client.CommitScaffoldAsync(_repository, Scaffolds.Rich, default);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task FilesAreWrittenAndDeleted_AndAllOthersStay()
    {
        var sha = await PushAsync(push => push with
        {
            Files = [RepositoryFile.Text("README.md", "new\n"), RepositoryFile.Text("a/b/c", "c"), RepositoryFile.Text("scripts/run.sh", "#!/bin/sh\n")],
            Deletions = ["src/app/main.py", "empty", "never/there"],
        });

        var clone = await CloneAsync();
        (await Git.RunAsync(clone, "log", "-1", "--format=%H|%P|%B|%an|%ce", $"origin/{Branch}")).Trim()
            .Should().Be($"{sha}|{_head}|Update\n|{Scaffolds.Author.Name}|{Scaffolds.Author.Email}");
        (await Git.RunAsync(clone, "diff", "--raw", "--no-renames", "--abbrev=4", _head, sha)).ReplaceLineEndings().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line.Split(' ')[1], line.Split(' ', '\t')[4..])).Select(each => $"{each.Item1} {string.Join(' ', each.Item2)}").Should().BeEquivalentTo(
            "100644 M README.md", "100644 A a/b/c", "000000 D empty", "100644 M scripts/run.sh", "000000 D src/app/main.py");
        (await Git.RunAsync(clone, "ls-tree", "-rt", "--name-only", sha)).Split('\n').Should().NotContain("src/app", "no folder without a file is left");
        await Git.RunAsync(clone, "fsck", "--strict");
    }

    [Fact]
    public async Task EqualPushesMakeEqualCommits_AndTheSecondSendsNothing()
    {
        var first = await PushAsync(push => push with { Aside = AsideOf("1") });
        _world.Server.Requests.Reset();

        using var fetched = await _world.NewClient().FetchAsync(_repository, [Main], default);
        var again = await _world.Client.PushAsync(fetched, Push() with { Aside = AsideOf("1") }, default);

        again.Should().Be(first);
        _world.Server.Requests.ByOperation().Should().NotContainKey("git_receive_pack");
    }

    [Fact]
    public async Task BranchThatStandsElsewhere_IsLeftAlone()
    {
        var ours = await PushAsync(push => push);
        var clone = await CloneAsync();
        await Git.RunAsync(clone, "checkout", "-q", Branch);
        await Git.RunAsync(clone, "commit", "-q", "--allow-empty", "-m", "A person's");
        await Git.RunAsync(clone, "push", "-q", _world.PushUrl("payment-service"), Branch);
        var theirs = (await Git.RunAsync(clone, "rev-parse", "HEAD")).Trim();

        foreach (var expected in (string?[])[null, ours, _head])
        {
            var push = () => PushAsync(push => push with { Expected = expected, Message = "Other", Aside = AsideOf("2") });
            (await push.Should().ThrowAsync<GitHubConflictException>()).WithMessage($"Branch {Branch} of acme/payment-service*moved*");
        }

        var delete = () => _world.Client.DeleteBranchAsync(_repository, Branch, ours, default);
        await delete.Should().ThrowAsync<GitHubConflictException>();
        using var fetched = await FetchAsync($"refs/heads/{Branch}", Hidden);
        (fetched.CommitOf($"refs/heads/{Branch}"), fetched.CommitOf(Hidden)).Should().Be((theirs, null));
    }

    [Fact]
    public async Task BranchThatStandsWhereItWasThoughtTo_IsSetAnew_AlsoToWhatDoesNotFollow()
    {
        var first = await PushAsync(push => push);

        var second = await PushAsync(push => push with { Expected = first, Message = "Another one on the same parent" });

        using var fetched = await FetchAsync($"refs/heads/{Branch}");
        fetched.CommitOf($"refs/heads/{Branch}").Should().Be(second).And.NotBe(first);
    }

    [Fact]
    public async Task BranchThatIsGone_IsNotMadeAgain()
    {
        var first = await PushAsync(push => push);
        await _world.Client.DeleteBranchAsync(_repository, Branch, first, default);

        var push = () => PushAsync(push => push with { Expected = first, Message = "Other" });

        await push.Should().ThrowAsync<GitHubConflictException>().WithMessage("*gone*");
    }

    [Fact]
    public async Task WhatIsAsideGoesAlong_InTheSamePush_AndAloneWhereTheBranchStandsAlready()
    {
        var sha = await PushAsync(push => push with { Aside = AsideOf("1") });
        _world.Server.Requests.ByOperation()["git_receive_pack"].Should().Be(2, "one for the scaffold, one for both");
        var first = await HiddenAsync();

        (await PushAsync(push => push with { Expected = sha, Aside = AsideOf("2") })).Should().Be(sha);

        var second = await HiddenAsync();
        (first.Text, second.Text).Should().Be(("1", "2"));
        var clone = await CloneAsync();
        await Git.RunAsync(clone, "fetch", "-q", "origin", $"{Hidden}:{Hidden}");
        (await Git.RunAsync(clone, "log", "--format=%P|%s", Hidden)).Should().Be("|Keep\n", "it begins anew each time");
        (await Git.RunAsync(clone, "branch", "-a")).Should().NotContain("refs/idp").And.Contain(Branch);
    }

    [Fact]
    public async Task WhatIsAsideStays_WhereTheBranchIsRefused()
    {
        var sha = await PushAsync(push => push with { Aside = AsideOf("1") });
        await _world.Client.Administration.Rulesets.CreateAsync(_repository, new Ruleset { Name = "kept", Include = ["~ALL"], Rules = [new RulesetRule("update")] }, default);

        var push = () => PushAsync(push => push with { Expected = sha, Message = "Other", Aside = AsideOf("2") });

        await push.Should().ThrowAsync<BranchProtectedException>().WithMessage($"Branch {Branch} *Cannot update this protected ref*");
        (await HiddenAsync()).Text.Should().Be("1", "both move or none");
    }

    [Fact]
    public async Task WhereNothingWouldChange_TheBranchIsSetToTheParentItself()
    {
        var sha = await PushAsync(push => push with { Files = [Scaffolds.Rich.Files[0]], Deletions = ["never/there"] });

        sha.Should().Be(_head);
        using var fetched = await FetchAsync($"refs/heads/{Branch}");
        fetched.CommitOf($"refs/heads/{Branch}").Should().Be(_head);
    }

    [Fact]
    public async Task FileTakesThePlaceOfAFolder_OnlyWhereThatGoes()
    {
        var asIs = () => PushAsync(push => push with { Files = [RepositoryFile.Text("src/app", "x")] });
        await asIs.Should().ThrowAsync<GitHubValidationException>().WithMessage("*src/app*");
        var below = () => PushAsync(push => push with { Files = [RepositoryFile.Text("README.md/x", "x")] });
        await below.Should().ThrowAsync<GitHubValidationException>().WithMessage("*README.md/x*");

        var sha = await PushAsync(push => push with
        {
            Files = [RepositoryFile.Text("src/app", "x"), RepositoryFile.Text("README.md/x", "x")],
            Deletions = ["src/app/main.py", "README.md"],
        });

        (await Git.RunAsync(await CloneAsync(), "ls-tree", "-r", "--name-only", sha)).Split('\n').Should().Contain(["src/app", "src/app.py", "README.md/x"]);
    }

    [Theory]
    [InlineData("a", "a", "refs/idp/x", "both writes and deletes")]
    [InlineData("a", "b", "refs/heads/x", "hidden reference")]
    [InlineData("a", "b", "refs/tags/x", "hidden reference")]
    [InlineData("a", "b", "refs/pull/1/head", "hidden reference")]
    [InlineData("../a", "b", "refs/idp/x", "path of a file")]
    [InlineData("a", ".git/config", "refs/idp/x", "path of a file")]
    public async Task WhatCannotBePushed_IsNotSent(string written, string deleted, string aside, string why)
    {
        var push = () => PushAsync(push => push with
        {
            Files = [RepositoryFile.Text(written, "x")],
            Deletions = [deleted],
            Aside = AsideOf("1") with { Reference = aside },
        });

        await push.Should().ThrowAsync<GitHubValidationException>().WithMessage($"*{why}*");
    }

    [Fact]
    public async Task ParentThatWasNotFetched_IsRefused()
    {
        var push = () => PushAsync(push => push with { Parent = new string('a', 40) });

        await push.Should().ThrowAsync<GitHubValidationException>().WithMessage("*not fetched*");
    }

    [Fact]
    public async Task RuleOfTheOrganisation_RefusesDeletionToo()
    {
        var sha = await PushAsync(push => push);
        await _world.Client.Administration.Rulesets.CreateAsync(_repository, new Ruleset { Name = "kept", Include = ["~ALL"], Rules = [new RulesetRule("deletion")] }, default);

        var delete = () => _world.Client.DeleteBranchAsync(_repository, Branch, sha, default);

        await delete.Should().ThrowAsync<BranchProtectedException>().WithMessage("*not deleted*Cannot delete*");
    }

    [Fact]
    public async Task DeletedBranchIsGone_AndGoneAlreadyIsFine()
    {
        var sha = await PushAsync(push => push);

        await _world.Client.DeleteBranchAsync(_repository, Branch, sha, default);
        _world.Server.Requests.Reset();
        await _world.Client.DeleteBranchAsync(_repository, Branch, sha, default);

        _world.Server.Requests.ByOperation().Should().NotContainKey("git_receive_pack");
        (await _world.Client.FindHeadAsync(_repository, Branch, default)).Should().BeNull();
        (await _world.Client.FindHeadAsync(_repository, "main", default)).Should().Be(_head);
    }

    [Fact]
    public async Task LostAnswer_EndsInTheSameCommit()
    {
        _world.Server.Add(new GitHubFault { Method = "POST", Path = "git-receive-pack$", Kind = GitHubFaultKind.DropAfter });
        var push = () => PushAsync(push => push);
        await push.Should().ThrowAsync<GitHubUnavailableException>();
        var landed = await _world.Client.FindHeadAsync(_repository, Branch, default);

        (await PushAsync(push => push)).Should().Be(landed);
    }

    private static BranchPush PushOn(string head) => new()
    {
        Branch = Branch,
        Parent = head,
        Files = [RepositoryFile.Text("new", "x")],
        Message = "Update\n",
        Author = Scaffolds.Author,
    };

    private static HiddenReference AsideOf(string text) => new() { Reference = Hidden, Files = [RepositoryFile.Text("lock", text)], Message = "Keep" };

    private BranchPush Push() => PushOn(_head);

    private async Task<string> PushAsync(Func<BranchPush, BranchPush> change)
    {
        using var fetched = await FetchAsync(Main);
        return await _world.Client.PushAsync(fetched, change(Push()), default);
    }

    private async Task<(string? Commit, string Text)> HiddenAsync()
    {
        using var fetched = await FetchAsync(Hidden);
        return (fetched.CommitOf(Hidden), Encoding.UTF8.GetString(fetched.Read(fetched.FilesOf(Hidden)["lock"].Blob)!));
    }

    private Task<FetchedRepository> FetchAsync(params string[] references) => _world.Client.FetchAsync(_repository, references, default);

    private Task<string> CloneAsync() =>
        Git.CloneAsync(_world.Server.CloneUrl("acme", "payment-service"), Path.Combine(_world.Folder, $"clone-{Guid.NewGuid():n}"));
}
