using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>Pull requests, as GitHub has them: what they do by themselves when branches move, and what is refused.</summary>
public sealed class PullRequestTest : IAsyncLifetime
{
    private const string App = "acme/app";
    private const string Pulls = "repos/acme/app/pulls";
    private readonly List<GitHubPullRequestEvent> _told = [];
    private Api _api = null!;
    private string _main = "";
    private string _head = "";

    private GitHubPeople People => _api.Server.People;

    public async Task InitializeAsync()
    {
        _api = await Api.StartAsync();
        _main = await _api.CreateAsync(empty: false);
        _head = await CommitAsync("topic", "a", "one\n");
        _api.Server.PullRequestHappened += _told.Add;
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task IsMade_AndWhetherItCanBeMerged_IsSaidToWhoAsksTwice()
    {
        var (status, body, response) = await OpenAsync();

        (status, response.Headers.Location!.AbsolutePath).Should().Be((201, $"/{Pulls}/1"));
        (Text(body, "number"), Text(body, "state"), Text(body, "merge_commit_sha"), Text(body, "mergeable")).Should().Be(("1", "open", "", ""));
        (body!["head"]!["label"]!.ToString(), body["head"]!["sha"]!.ToString(), body["base"]!["sha"]!.ToString()).Should().Be(("acme:topic", _head, _main));
        (Text(body, "commits"), Text(body, "additions"), Text(body, "deletions"), Text(body, "changed_files")).Should().Be(("1", "1", "0", "1"));
        (Text(await ShowAsync(), "mergeable"), Text(await ShowAsync(), "mergeable")).Should().Be(("", "true"));
        (Text(await ShowAsync(), "mergeable_state"), Text(await ShowAsync(), "merge_commit_sha").Length).Should().Be(("clean", 40));
        _told.Should().Equal(new GitHubPullRequestEvent(App, 1, "opened"));
    }

    [Theory]
    [InlineData("topic", "main", "A pull request already exists for acme:topic.")]
    [InlineData("main", "main", "No commits between main and main")]
    [InlineData("other:topic", "main", null)]
    [InlineData("nothing", "main", null)]
    [InlineData("topic", "nothing", null)]
    public async Task WhatCannotBeMerged_IsNotMade(string head, string target, string? message)
    {
        await OpenAsync();

        var (status, body, _) = await _api.AskAsync("POST", Pulls, $$"""{"title":"t","head":"{{head}}","base":"{{target}}"}""");

        (status, body!["message"]!.ToString()).Should().Be((422, "Validation Failed"));
        Text(body["errors"]![0], message is null ? "code" : "message").Should().Be(message ?? "invalid");
        People.PullRequests(App).Should().ContainSingle();
    }

    [Fact]
    public async Task ListIsFilteredSortedAndCutIntoPages()
    {
        await OpenAsync();
        await CommitAsync("other", "b", "b\n");
        await People.OpenAsync(App, "other", "main", "Second");
        await People.CloseAsync(App, 1);

        (await NumbersAsync("")).Should().Equal(2);
        (await NumbersAsync("?state=closed")).Should().Equal(1);
        (await NumbersAsync("?state=all")).Should().Equal(2, 1);
        (await NumbersAsync("?state=all&direction=asc")).Should().Equal(1, 2);
        (await NumbersAsync("?state=all&sort=updated")).Should().Equal(2, 1);
        (await NumbersAsync("?state=all&head=acme:topic")).Should().Equal(1);
        (await NumbersAsync("?state=all&head=other:topic")).Should().BeEmpty();
        (await NumbersAsync("?state=all&head=topic")).Should().Equal([2, 1], "without an owner GitHub takes no notice of it");
        (await NumbersAsync("?state=all&base=other")).Should().BeEmpty();
        (await NumbersAsync("?state=all&per_page=1&page=2")).Should().Equal(1);
    }

    [Fact]
    public async Task HeadFollowsPushes_UntilItIsClosed()
    {
        await OpenAsync();
        var second = await CommitAsync("topic", "a", "two\n");
        Pull().HeadSha.Should().Be(second);
        await People.CloseAsync(App, 1);

        await CommitAsync("topic", "a", "three\n");

        Pull().HeadSha.Should().Be(second);
        _told.Select(each => each.Action).Should().Equal("opened", "synchronize", "closed");
        People.Head(App, "refs/pull/1/head").Should().Be(second);
    }

    [Fact]
    public async Task BranchThatIsDeleted_ClosesIt_AndItCannotBeOpenedAgain()
    {
        await OpenAsync();

        await People.DeleteBranchAsync(App, "topic");

        (Pull().IsOpen, Pull().IsMerged).Should().Be((false, false));
        (await ReopenAsync()).Should().Be((422, "state cannot be changed. The topic branch has been deleted."));
        await CommitAsync("topic", "a", "recreated\n");
        (await ReopenAsync()).Should().Be((422, "state cannot be changed. The topic branch was force-pushed or recreated."));
    }

    [Fact]
    public async Task ClosedOneIsOpenedAgain_WhereItsBranchIsThen()
    {
        await OpenAsync();
        await People.CloseAsync(App, 1);
        var second = await CommitAsync("topic", "a", "two\n");

        (await ReopenAsync()).Status.Should().Be(200);

        (Pull().IsOpen, Pull().HeadSha).Should().Be((true, second));
        await People.CloseAsync(App, 1);
        await OpenAsync();
        (await ReopenAsync()).Should().Be((422, "state cannot be changed. There is already an open pull request from acme:topic to main."));
    }

    [Theory]
    [InlineData(GitHubMergeMethod.Merge, 2)]
    [InlineData(GitHubMergeMethod.Squash, 1)]
    [InlineData(GitHubMergeMethod.Rebase, 1)]
    public async Task IsMergedInEachWay(GitHubMergeMethod method, int parents)
    {
        await CommitAsync("topic", "b", "two\n");
        await CommitAsync("main", "c", "meanwhile\n");
        await OpenAsync();

        var sha = await People.MergeAsync(App, 1, method);

        var commit = (await _api.AskAsync("GET", $"repos/acme/app/git/commits/{sha}")).Body!;
        ((JsonArray)commit["parents"]!).Should().HaveCount(parents);
        foreach (var path in (string[])["a", "b", "c"])
        {
            (await _api.AskAsync("GET", $"repos/acme/app/contents/{path}?ref=main")).Status.Should().Be(200);
        }

        var shown = await ShowAsync();
        (Text(shown, "state"), Text(shown, "merged"), Text(shown, "merge_commit_sha"), shown["merged_by"]!["login"]!.ToString())
            .Should().Be(("closed", "true", sha, "ada"));
        People.Head(App, "refs/heads/main").Should().Be(sha);
        People.Head(App, "refs/heads/topic").Should().NotBeNull();
        (await ReopenAsync()).Should().Be((422, "state cannot be changed. The pull request cannot be reopened."));
    }

    [Fact]
    public async Task ConflictIsNotMerged_NorIsWhatMoved_NorByAWayThatIsNotAllowed()
    {
        await OpenAsync();
        (await MergeAsync($$"""{"sha":"{{_main}}"}""")).Should().Be((409, "Head branch was modified. Review and try the merge again."));
        await _api.AskAsync("PATCH", "repos/acme/app", """{"allow_squash_merge":false}""");
        (await MergeAsync("""{"merge_method":"squash"}""")).Should().Be((405, "Squash merges are not allowed on this repository."));
        await CommitAsync("main", "a", "other\n");
        await ShowAsync();

        Text(await ShowAsync(), "mergeable_state").Should().Be("dirty");
        (await MergeAsync("{}")).Should().Be((405, "Pull Request is not mergeable"));
        (await MergeAsync("""{"merge_method":"rebase"}""")).Should().Be((405, "Pull Request is not mergeable"));
        await People.CloseAsync(App, 1);
        (await MergeAsync("{}")).Should().Be((405, "Pull Request is not mergeable"));
    }

    [Fact]
    public async Task BranchIsDeletedAfterTheMerge_WhereTheRepositorySaysSo()
    {
        await _api.AskAsync("PATCH", "repos/acme/app", """{"delete_branch_on_merge":true}""");
        await OpenAsync();

        await People.MergeAsync(App, 1);

        (People.Head(App, "refs/heads/topic"), Pull().IsMerged).Should().Be((null, true));
    }

    [Fact]
    public async Task IsKeptOverARestart_WithWhatWasSaidInIt()
    {
        await OpenAsync();
        await _api.AskAsync("POST", "repos/acme/app/issues/1/comments", """{"body":"Hello"}""");

        await _api.RestartAsync();

        Pull().HeadSha.Should().Be(_head);
        (await _api.AskAsync("GET", "repos/acme/app/issues/1/comments")).Body!.AsArray().Should().ContainSingle(comment => Text(comment, "body") == "Hello");
    }

    [Fact]
    public async Task OfAStatusTheLastOneOfAContextCounts()
    {
        await People.StatusAsync(App, _head, "ci", "failure");
        await People.StatusAsync(App, _head, "ci", "success");
        (await StateAsync()).Should().Be("success");
        await People.StatusAsync(App, _head, "other", "pending");
        (await StateAsync()).Should().Be("pending");
        await People.StatusAsync(App, _head, "third", "error");
        (await StateAsync()).Should().Be("failure");

        async Task<string> StateAsync() => Text((await _api.AskAsync("GET", $"repos/acme/app/commits/{_head}/status")).Body, "state");
    }

    private static string Text(JsonNode? json, string name) => json?[name]?.ToString() ?? "";

    private GitHubServerPullRequest Pull() => People.PullRequests(App)[0];

    private Task<string> CommitAsync(string branch, string path, string text) =>
        People.CommitAsync(App, new GitHubPersonCommit { Branch = branch, Files = [GitHubPersonFile.Text(path, text)] });

    private Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> OpenAsync() =>
        _api.AskAsync("POST", Pulls, """{"title":"Update","body":"b","head":"topic","base":"main"}""");

    private async Task<JsonNode> ShowAsync() => (await _api.AskAsync("GET", $"{Pulls}/1")).Body!;

    private async Task<IEnumerable<int>> NumbersAsync(string query) =>
        (await _api.AskAsync("GET", Pulls + query)).Body!.AsArray().Select(each => each!["number"]!.GetValue<int>());

    private async Task<(int Status, string Message)> ReopenAsync()
    {
        var (status, body, _) = await _api.AskAsync("PATCH", $"{Pulls}/1", """{"state":"open"}""");
        return (status, status == 200 ? "" : Text(body!["errors"]![0], "message"));
    }

    private async Task<(int Status, string Message)> MergeAsync(string body)
    {
        var (status, answer, _) = await _api.AskAsync("PUT", $"{Pulls}/1/merge", body);
        return (status, Text(answer, "message"));
    }
}
