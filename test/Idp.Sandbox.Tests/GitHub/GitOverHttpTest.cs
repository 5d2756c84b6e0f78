using System.Diagnostics;
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
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await File.WriteAllTextAsync(Path.Combine(_clone, "pushed.txt"), "from git");
        await ShouldSucceedAsync("-C", _clone, "add", ".");
        await ShouldSucceedAsync("-C", _clone, "commit", "-m", "Push");

        var (refused, error) = await GitAsync("-C", _clone, "push");
        await ShouldSucceedAsync("-C", _clone, "-c", Basic(Api.Token), "push");

        refused.Should().NotBe(0, error);
        var (_, body, _) = await _api.AskAsync("GET", "repos/acme/app/contents/pushed.txt");
        Encoding.UTF8.GetString(Convert.FromBase64String(body!["content"]!.ToString())).Should().Be("from git");
    }

    [Fact]
    public async Task PushIntoAnEmptyRepositoryFillsIt()
    {
        await _api.CreateAsync();
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "First");

        await ShouldSucceedAsync("-C", _clone, "-c", Basic(Api.Token), "push", "origin", "HEAD:main");

        (await _api.AskAsync("GET", "repos/acme/app/git/ref/heads%2Fmain")).Status.Should().Be(200);
    }

    [Fact]
    public async Task FirstBranchThatIsPushedBecomesTheDefaultOne()
    {
        await _api.CreateAsync();
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "First");

        await ShouldSucceedAsync("-C", _clone, "-c", Basic(Api.Token), "push", "origin", "HEAD:trunk");

        (await _api.AskAsync("GET", "repos/acme/app")).Body!["default_branch"]!.ToString().Should().Be("trunk");
    }

    [Fact]
    public async Task WhatIsSentAsADifferenceIsPutTogetherAgain()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"line {number}\n"));
        await _api.CreateAsync(empty: false);
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        foreach (var change in (string[])["first", "second", "third"])
        {
            await File.WriteAllTextAsync(Path.Combine(_clone, "long.txt"), $"{change}\n{text}{change}\n");
            await ShouldSucceedAsync("-C", _clone, "add", ".");
            await ShouldSucceedAsync("-C", _clone, "commit", "-m", change);
            await ShouldSucceedAsync("-C", _clone, "-c", Basic(Api.Token), "push");
        }

        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone + "-again");
        await ShouldSucceedAsync("-C", _clone + "-again", "fsck", "--strict");
        (await File.ReadAllTextAsync(Path.Combine(_clone + "-again", "long.txt"))).Should().Be($"third\n{text}third\n");
    }

    [Fact]
    public async Task RulesetRefusesAPush_InGitHubsWords_AndForcingABranch()
    {
        await _api.CreateAsync(empty: false);
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "More");
        await RuleAsync("pull_request", "~DEFAULT_BRANCH");

        var (exitCode, error) = await GitAsync("-C", _clone, "-c", Basic(Api.Token), "push");

        exitCode.Should().NotBe(0);
        error.Should().Contain("GH013").And.Contain("through a pull request").And.Contain("push declined due to repository rule violations");
        await ShouldSucceedAsync("-C", _clone, "-c", Basic(Api.Token), "push", "origin", "HEAD:feature");
        await RuleAsync("non_fast_forward", "refs/heads/feature");
        await ShouldSucceedAsync("-C", _clone, "commit", "--amend", "--allow-empty", "-m", "Other");
        (await GitAsync("-C", _clone, "-c", Basic(Api.Token), "push", "--force", "origin", "HEAD:feature")).Error.Should().Contain("Cannot force-push");
    }

    [Fact]
    public async Task PushNeedsItsPermission_AndIsCounted_AndStruckByFaults()
    {
        await _api.CreateAsync();
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "First");
        _api.Server.LackPermissions("contents=write");
        (await GitAsync("-C", _clone, "-c", Basic(Api.Token), "push", "origin", "HEAD:main")).Error.Should().Contain("403");
        _api.Server.LackPermissions();
        _api.Server.Add(new GitHubFault { Method = "POST", Path = "git-receive-pack", Kind = GitHubFaultKind.DropAfter });
        _api.Server.Requests.Reset();

        var (exitCode, _) = await GitAsync("-C", _clone, "-c", Basic(Api.Token), "push", "origin", "HEAD:main");

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
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "More");

        var (exitCode, error) = await GitAsync("-C", _clone, "-c", Basic(Api.Token), "push");

        exitCode.Should().NotBe(0);
        error.Should().Contain("403");
    }

    [Fact]
    public async Task RenamedRepositoryIsClonedByItsOldName()
    {
        await _api.CreateAsync(empty: false);
        await _api.AskAsync("PATCH", "repos/acme/app", """{"name":"app2"}""");

        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);

        File.Exists(Path.Combine(_clone, "README.md")).Should().BeTrue();
    }

    [Fact]
    public async Task WithoutAnonymousReadAPrivateRepositoryNeedsTheToken()
    {
        await using var strict = await Api.StartAsync(anonymousRead: false);
        await strict.CreateAsync(empty: false);
        var address = strict.Server.CloneUrl("acme", "app").AbsoluteUri;

        (await GitAsync("clone", address, _clone)).ExitCode.Should().NotBe(0);
        (await GitAsync("-c", Basic("wrong"), "clone", address, _clone)).ExitCode.Should().NotBe(0);
        await ShouldSucceedAsync("-c", Basic(Api.Token), "clone", address, _clone);
        await strict.AskAsync("PATCH", "repos/acme/app", """{"visibility":"public"}""");
        await ShouldSucceedAsync("clone", address, _clone + "-public");
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

    [Fact]
    public async Task PullRequestFollowsWhatIsPushed_AndIsMergedByAPushToo()
    {
        await BeginAsync();
        await ShouldSucceedAsync("-C", _clone, "push", "origin", "HEAD:topic");
        await _api.Server.People.OpenAsync("acme/app", "topic", "main", "Update");
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "More");
        await ShouldSucceedAsync("-C", _clone, "push", "origin", "HEAD:topic");
        (Pull().HeadSha, Pull().IsOpen).Should().Be((_api.Server.People.Head("acme/app", "refs/heads/topic")!, true));

        await ShouldSucceedAsync("-C", _clone, "push", "origin", "HEAD:main");

        (Pull().IsOpen, Pull().IsMerged).Should().Be((false, true));
        await ShouldSucceedAsync("-C", _clone, "fetch", "origin", "refs/pull/1/head");
    }

    [Fact]
    public async Task PullRequestWhoseBranchIsSetBack_IsClosed_AndWhoseIsDeletedToo()
    {
        await BeginAsync();
        foreach (var (number, push) in new[] { (0, "+origin/main:refs/heads/topic"), (1, ":topic") })
        {
            await ShouldSucceedAsync("-C", _clone, "push", "--force", "origin", "HEAD:refs/heads/topic");
            await _api.Server.People.OpenAsync("acme/app", "topic", "main", "Update");

            await ShouldSucceedAsync("-C", _clone, "push", "origin", push);

            var pull = _api.Server.People.PullRequests("acme/app")[number];
            (pull.IsOpen, pull.IsMerged).Should().Be((false, false));
        }
    }

    [Fact]
    public async Task ReferenceThatIsNoBranch_IsPushedFetchedAndDeleted_AndThoseOfGitHubAreNot()
    {
        await BeginAsync();
        const string hidden = "refs/idp/golden-path";
        await ShouldSucceedAsync("-C", _clone, "push", "origin", $"HEAD:{hidden}");
        await ShouldSucceedAsync("-C", _clone, "fetch", "origin", $"{hidden}:{hidden}");
        await ShouldSucceedAsync("-C", _clone, "ls-remote", "--exit-code", "origin", hidden);
        (await _api.AskAsync("GET", "repos/acme/app/branches/golden-path")).Status.Should().Be(404);

        await ShouldSucceedAsync("-C", _clone, "push", "origin", $":{hidden}");

        _api.Server.People.Head("acme/app", hidden).Should().BeNull();
        (await GitAsync("-C", _clone, "push", "origin", "HEAD:refs/pull/1/head")).Error.Should().Contain("deny updating a hidden ref");
        (await GitAsync("-C", _clone, "push", "origin", ":main")).Error.Should().Contain("refusing to delete the current branch");
    }

    private GitHubServerPullRequest Pull() => _api.Server.People.PullRequests("acme/app").Single();

    /// <summary>A clone of a repository that has a commit, with one more of its own.</summary>
    private async Task BeginAsync()
    {
        await _api.CreateAsync(empty: false);
        await ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await ShouldSucceedAsync("-C", _clone, "config", Basic(Api.Token).Split('=', 2)[0], Basic(Api.Token).Split('=', 2)[1]);
        await ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "One");
    }

    private async Task RuleAsync(string type, string branch) => (await _api.AskAsync(
        "POST",
        "repos/acme/app/rulesets",
        $$$"""{"name":"{{{type}}}","enforcement":"active","conditions":{"ref_name":{"include":["{{{branch}}}"],"exclude":[]}},"rules":[{"type":"{{{type}}}"}]}"""))
        .Status.Should().Be(201);

    private static string Basic(string token) =>
        $"http.extraHeader=Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}";

    private static async Task ShouldSucceedAsync(params string[] arguments)
    {
        var (exitCode, error) = await GitAsync(arguments);
        exitCode.Should().Be(0, error);
    }

    private static async Task<(int ExitCode, string Error)> GitAsync(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Someone", "-c", "user.email=someone@acme.dev"];
        var start = new ProcessStartInfo("git", [.. identity, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, error);
    }
}
