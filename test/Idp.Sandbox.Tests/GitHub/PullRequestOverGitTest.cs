using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>What pushes do to pull requests, and references that are no branches.</summary>
public sealed class PullRequestOverGitTest : IAsyncLifetime
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
    public async Task PullRequestFollowsWhatIsPushed_AndIsMergedByAPushToo()
    {
        await BeginAsync();
        await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "origin", "HEAD:topic");
        await _api.Server.People.OpenAsync("acme/app", "topic", "main", "Update");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "More");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "origin", "HEAD:topic");
        (Pull().HeadSha, Pull().IsOpen).Should().Be((_api.Server.People.Head("acme/app", "refs/heads/topic")!, true));

        await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "origin", "HEAD:main");

        (Pull().IsOpen, Pull().IsMerged).Should().Be((false, true));
        await GitCommand.ShouldSucceedAsync("-C", _clone, "fetch", "origin", "refs/pull/1/head");
    }

    [Fact]
    public async Task PullRequestWhoseBranchIsSetBack_IsClosed_AndWhoseIsDeletedToo()
    {
        await BeginAsync();
        foreach (var (number, push) in new[] { (0, "+origin/main:refs/heads/topic"), (1, ":topic") })
        {
            await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "--force", "origin", "HEAD:refs/heads/topic");
            await _api.Server.People.OpenAsync("acme/app", "topic", "main", "Update");

            await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "origin", push);

            var pull = _api.Server.People.PullRequests("acme/app")[number];
            (pull.IsOpen, pull.IsMerged).Should().Be((false, false));
        }
    }

    [Fact]
    public async Task ReferenceThatIsNoBranch_IsPushedFetchedAndDeleted_AndThoseOfGitHubAreNot()
    {
        await BeginAsync();
        const string hidden = "refs/idp/golden-path";
        await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "origin", $"HEAD:{hidden}");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "fetch", "origin", $"{hidden}:{hidden}");
        await GitCommand.ShouldSucceedAsync("-C", _clone, "ls-remote", "--exit-code", "origin", hidden);
        (await _api.AskAsync("GET", "repos/acme/app/branches/golden-path")).Status.Should().Be(404);

        await GitCommand.ShouldSucceedAsync("-C", _clone, "push", "origin", $":{hidden}");

        _api.Server.People.Head("acme/app", hidden).Should().BeNull();
        (await GitCommand.RunAsync("-C", _clone, "push", "origin", "HEAD:refs/pull/1/head")).Error.Should().Contain("deny updating a hidden ref");
        (await GitCommand.RunAsync("-C", _clone, "push", "origin", ":main")).Error.Should().Contain("refusing to delete the current branch");
    }

    private GitHubServerPullRequest Pull() => _api.Server.People.PullRequests("acme/app").Single();

    /// <summary>A clone of a repository that has a commit, with one more of its own.</summary>
    private async Task BeginAsync()
    {
        await _api.CreateAsync(empty: false);
        await GitCommand.ShouldSucceedAsync("clone", _api.Server.CloneUrl("acme", "app").AbsoluteUri, _clone);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "config", GitCommand.Basic(Api.Token).Split('=', 2)[0], GitCommand.Basic(Api.Token).Split('=', 2)[1]);
        await GitCommand.ShouldSucceedAsync("-C", _clone, "commit", "--allow-empty", "-m", "One");
    }
}
