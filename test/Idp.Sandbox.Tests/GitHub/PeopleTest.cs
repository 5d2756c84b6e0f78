using System.Text;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>What people do in the server's repositories: commits as git has them.</summary>
public sealed class PeopleTest : IAsyncLifetime
{
    private const string App = "acme/app";
    private Api _api = null!;

    public async Task InitializeAsync()
    {
        _api = await Api.StartAsync();
        await _api.CreateAsync(empty: false);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task FilesAreWrittenDeletedLinkedAndMadeToRun()
    {
        await CommitAsync(GitHubPersonFile.Text("a/b", "b"), new GitHubPersonFile("run.sh", "x"u8.ToArray(), "100755"));
        await CommitAsync(new GitHubPersonFile("a/b", null), new GitHubPersonFile("link", Encoding.UTF8.GetBytes("run.sh"), "120000"));

        (await FilesAsync()).Should().Equal("100644 README.md", "120000 link", "100755 run.sh");
    }

    [Fact]
    public async Task FolderTakesThePlaceOfAFile_AndAFileThatOfAFolder()
    {
        await CommitAsync(GitHubPersonFile.Text("README.md/part", "x"));
        (await FilesAsync()).Should().Equal("100644 README.md/part");

        await CommitAsync(GitHubPersonFile.Text("README.md", "x"));

        (await FilesAsync()).Should().Equal("100644 README.md");
    }

    [Fact]
    public async Task BranchBeginsWhereTheDefaultOneStands_AndEveryCommitHasItsAuthor()
    {
        var main = _api.Server.People.Head(App, "refs/heads/main");

        var sha = await _api.Server.People.CommitAsync(App, new GitHubPersonCommit
        {
            Branch = "topic",
            Login = "grace",
            Message = "Try",
            Date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Files = [GitHubPersonFile.Text("x", "x")],
        });

        var commit = (await _api.AskAsync("GET", $"repos/acme/app/git/commits/{sha}")).Body!;
        (commit["parents"]![0]!["sha"]!.ToString(), commit["author"]!["name"]!.ToString(), commit["author"]!["date"]!.ToString(), commit["message"]!.ToString())
            .Should().Be((main!, "grace", "2026-01-02T03:04:05Z", "Try"));
        (_api.Server.People.Head(App, "refs/heads/main"), _api.Server.People.Head(App, "refs/heads/topic")).Should().Be((main, sha));
    }

    [Fact]
    public async Task WhatPeopleDoCountsForNoLimit_AndIsToldAllTheSame()
    {
        var touched = new List<string>();
        _api.Server.RepositoryTouched += touched.Add;
        var before = _api.Server.Requests.Total;

        await CommitAsync(GitHubPersonFile.Text("x", "x"));

        (_api.Server.Requests.Total, string.Join(' ', touched)).Should().Be((before, App));
    }

    [Fact]
    public async Task WhatIsRefusedIsSaid()
    {
        var merge = () => _api.Server.People.MergeAsync(App, 7);

        await merge.Should().ThrowAsync<InvalidOperationException>().WithMessage("*404*");
        FluentActions.Invoking(() => _api.Server.People.PullRequests("acme/nothing")).Should().Throw<InvalidOperationException>();
    }

    private Task<string> CommitAsync(params GitHubPersonFile[] files) => _api.Server.People.CommitAsync(App, new GitHubPersonCommit { Files = files });

    private async Task<IEnumerable<string>> FilesAsync() => (await _api.AskAsync("GET", "repos/acme/app/git/trees/main?recursive=1")).Body!["tree"]!.AsArray()
        .Where(entry => entry!["type"]!.ToString() != "tree").Select(entry => $"{entry!["mode"]} {entry["path"]}");
}
