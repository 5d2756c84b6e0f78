using System.Text;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

public sealed class GitOverHttpTest : IAsyncLifetime
{
    private Api _api = null!;
    private string _clone = "";

    public async Task InitializeAsync()
    {
        _api = await Api.StartAsync();
        _clone = Path.Combine(_api.Folder.FullName, "clone");
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task PushNeedsTheToken_AndRestSeesIt()
    {
        await _api.CreateAsync(empty: false);
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await File.WriteAllTextAsync(Path.Combine(_clone, "pushed.txt"), "from git");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "add", ".");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "-m", "Push");

        var (refused, error) = await GitCommand.RunAsync("-C", _clone, "push");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push");

        refused.Should().NotBe(0, error);
        var (_, body, _) = await _api.AskAsync("GET", "repos/acme/app/contents/pushed.txt");
        Encoding.UTF8.GetString(Convert.FromBase64String(body!["content"]!.ToString())).Should().Be("from git");
    }

    [Fact]
    public async Task PushIntoAnEmptyRepositoryFillsIt()
    {
        await _api.CreateAsync();
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "First");

        await GitCommand.ShouldSucceedAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push", "origin", "HEAD:main");

        (await _api.AskAsync("GET", "repos/acme/app/git/ref/heads%2Fmain")).Status.Should().Be(200);
    }

    [Fact]
    public async Task FirstBranchThatIsPushedBecomesTheDefaultOne()
    {
        await _api.CreateAsync();
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "First");

        await GitCommand.ShouldSucceedAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push", "origin", "HEAD:trunk");

        (await _api.AskAsync("GET", "repos/acme/app")).Body!["default_branch"]!.ToString().Should().Be("trunk");
    }

    [Fact]
    public async Task WhatIsSentAsADifferenceIsPutTogetherAgain()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"line {number}\n"));
        await _api.CreateAsync(empty: false);
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        foreach (var change in (string[])["first", "second", "third"])
        {
            await File.WriteAllTextAsync(Path.Combine(_clone, "long.txt"), $"{change}\n{text}{change}\n");
            await GitCommand.ShouldSucceedAsync("-C", _clone, "add", ".");
            await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "-m", change);
            await GitCommand.ShouldSucceedAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push");
        }

        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone + "-again");
        await GitCommand.ShouldSucceedAsync("-C", _clone + "-again", "fsck", "--strict");
        (await File.ReadAllTextAsync(Path.Combine(_clone + "-again", "long.txt"))).Should().Be($"third\n{text}third\n");
    }

    [Fact]
    public async Task RulesetRefusesAPush_InGitHubsWords_AndForcingABranch()
    {
        await _api.CreateAsync(empty: false);
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "More");
        await RuleAsync("pull_request", "~DEFAULT_BRANCH");

        var (exitCode, error) = await GitCommand.RunAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push");

        exitCode.Should().NotBe(0);
        error.Should().Contain("GH013").And.Contain("through a pull request").And.Contain("push declined due to repository rule violations");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push", "origin", "HEAD:feature");
        await RuleAsync("non_fast_forward", "refs/heads/feature");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--amend", "--allow-empty", "-m", "Other");
        (await GitCommand.RunAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push", "--force", "origin", "HEAD:feature")).Error.Should().Contain("Cannot force-push");
    }

    [Fact]
    public async Task PushNeedsItsPermission_AndIsCounted_AndStruckByFaults()
    {
        await _api.CreateAsync();
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "First");
        _api.Server.LackPermissions("contents=write");
        (await GitCommand.RunAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push", "origin", "HEAD:main")).Error.Should().Contain("403");
        _api.Server.LackPermissions();
        _api.Server.Add(new GitHubFault { Method = "POST", Path = "git-receive-pack", Kind = GitHubFaultKind.DropAfter });
        _api.Server.Requests.Reset();

        var (exitCode, _) = await GitCommand.RunAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push", "origin", "HEAD:main");

        exitCode.Should().NotBe(0, "its answer was lost");
        (await _api.AskAsync("GET", "repos/acme/app/git/ref/heads%2Fmain")).Status.Should().Be(200, "but it arrived");
        _api.Server.Requests.ByOperation().Should().ContainKeys("git_receive_pack", "git_receive_pack_refs");
        _api.Server.Requests.Writes.Should().Be(_api.Server.Requests.ByOperation()["git_receive_pack"], "git may try again by itself");
    }

    [Fact]
    public async Task ArchivedRepositoryIsClonedButNotPushed()
    {
        await _api.CreateAsync(empty: false);
        await _api.AskAsync("PATCH", "repos/acme/app", """{"archived":true}""");
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "More");

        var (exitCode, error) = await GitCommand.RunAsync("-C", _clone, "-c", GitCommand.Basic(Api.Token), "push");

        exitCode.Should().NotBe(0);
        error.Should().Contain("403");
    }

    [Fact]
    public async Task RenamedRepositoryIsClonedByItsOldName()
    {
        await _api.CreateAsync(empty: false);
        await _api.AskAsync("PATCH", "repos/acme/app", """{"name":"app2"}""");

        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);

        File.Exists(Path.Combine(_clone, "README.md")).Should().BeTrue();
    }

    [Fact]
    public async Task WithoutAnonymousReadAPrivateRepositoryNeedsTheToken()
    {
        await using var strict = await Api.StartAsync(anonymousRead: false);
        await strict.CreateAsync(empty: false);
        var address = strict.Server.CloneUrl("acme", "app").AbsoluteUri;

        (await GitCommand.RunAsync("clone", address, _clone)).ExitCode.Should().NotBe(0);
        (await GitCommand.RunAsync("-c", GitCommand.Basic("wrong"), "clone", address, _clone)).ExitCode.Should().NotBe(0);
        await GitCommand.ShouldSucceedAsync("-c", GitCommand.Basic(Api.Token), "clone", address, _clone);
        await strict.AskAsync("PATCH", "repos/acme/app", """{"visibility":"public"}""");
        await GitCommand.ShouldSucceedAsync("clone", address, _clone + "-public");
    }

    [Theory]
    [InlineData("acme/other.git/info/refs?service=git-upload-pack")]
    [InlineData("acme/app.git/config")]
    [InlineData("acme/app.git/HEAD")]
    [InlineData("acme/app.git/info/refs")]
    [InlineData("acme/app.git/..%2F..%2Fapp.json")]
    [InlineData("..%2F..%2Fetc/app.git/info/refs?service=git-upload-pack")]
    public async Task NothingButTheProtocolIsServed(string path)
    {
        await _api.CreateAsync(empty: false);

        (await _api.AskAsync("GET", path)).Status.Should().Be(404);
    }

    private async Task RuleAsync(string type, string branch) => (await _api.AskAsync(
        "POST",
        "repos/acme/app/rulesets",
        $$$"""{"name":"{{{type}}}","enforcement":"active","conditions":{"ref_name":{"include":["{{{branch}}}"],"exclude":[]}},"rules":[{"type":"{{{type}}}"}]}"""))
        .Status.Should().Be(201);
}
