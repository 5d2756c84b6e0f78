using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>Pull requests and checks, against the contract server.</summary>
public sealed class PullRequestsTest : IAsyncLifetime
{
    private const string Name = "acme/payment-service";
    private const string Branch = "idp/golden-path";
    private World _world = null!;
    private Repository _repository = null!;
    private string _head = "";

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(_repository, Scaffolds.Rich, default);
        _head = await PushAsync("one");
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private PullRequests Pulls => _world.Client.PullRequests;

    [Fact]
    public async Task IsMadeFoundAndShown()
    {
        (await Pulls.FindNewestAsync(_repository, Branch, default)).Should().BeNull();

        var made = await CreateAsync();

        made.Should().Be(new PullRequest
        {
            Number = 1,
            State = PullRequestState.Open,
            Url = made.Url,
            Title = "Update",
            Body = "The *text* – 💳",
            HeadBranch = Branch,
            HeadSha = _head,
            BaseBranch = "main",
            CreatedAt = made.CreatedAt,
        });
        made.Url.Should().EndWith("/acme/payment-service/pull/1");
        (await Pulls.FindNewestAsync(_repository, Branch, default)).Should().Be(made);
        (await Pulls.GetAsync(_repository, 1, default)).Should().Be(made);
        (await Pulls.GetAsync(_repository, 1, default))!.MergeCommit.Should().BeNull("that GitHub tried a merge is no merge");
        (await Pulls.GetAsync(_repository, 2, default)).Should().BeNull();
        _world.Server.People.PullRequests(Name).Should().ContainSingle().Which.Author.Should().Be("idp-operator[bot]");
    }

    [Fact]
    public async Task NewestIsFound_WhateverBecameOfIt_AndThatOfNoOtherBranch()
    {
        var first = await CreateAsync();
        await _world.Server.People.CloseAsync(Name, first.Number);
        await _world.Server.People.CommitAsync(Name, new GitHubPersonCommit { Branch = "golden-path", Files = [GitHubPersonFile.Text("x", "x")] });
        await _world.Server.People.OpenAsync(Name, "golden-path", "main", "A person's");

        (await Pulls.FindNewestAsync(_repository, Branch, default))!.Should().BeEquivalentTo(new { Number = 1, State = PullRequestState.Closed });
        var second = await CreateAsync();
        (await Pulls.FindNewestAsync(_repository, Branch, default))!.Number.Should().Be(second.Number).And.Be(3);
        (await Pulls.FindNewestAsync(_repository, "nothing", default)).Should().BeNull();
    }

    [Fact]
    public async Task MergedOneSaysSo_AndByWhichCommit()
    {
        var made = await CreateAsync();
        var sha = await _world.Server.People.MergeAsync(Name, made.Number, GitHubMergeMethod.Squash);

        (await Pulls.GetAsync(_repository, made.Number, default))!.Should().BeEquivalentTo(
            new { State = PullRequestState.Merged, MergeCommit = sha, HeadSha = _head });
    }

    [Fact]
    public async Task TitleTextAndStateAreChanged_AndWhatIsNotNamedStays()
    {
        var made = await CreateAsync();

        (await Pulls.UpdateAsync(_repository, 1, new PullRequestChange { Body = "Other" }, default))
            .Should().BeEquivalentTo(made with { Body = "Other" });
        (await Pulls.UpdateAsync(_repository, 1, new PullRequestChange { Title = "New", State = PullRequestState.Closed }, default))
            .Should().BeEquivalentTo(new { Title = "New", Body = "Other", State = PullRequestState.Closed });
        (await Pulls.UpdateAsync(_repository, 1, new PullRequestChange { State = PullRequestState.Open }, default)).State.Should().Be(PullRequestState.Open);
    }

    [Fact]
    public async Task SecondOneOfTheSameBranch_IsAConflict()
    {
        await CreateAsync();

        await Awaiting(() => CreateAsync()).Should().ThrowAsync<GitHubConflictException>().WithMessage("*already exists for acme:idp/golden-path*");
    }

    [Fact]
    public async Task WithoutCommitsOrBranch_NoneIsMade()
    {
        await Awaiting(() => CreateAsync("nothing")).Should().ThrowAsync<GitHubValidationException>();
        await Awaiting(() => CreateAsync("main")).Should().ThrowAsync<GitHubValidationException>().WithMessage("*No commits between main and main*");
    }

    [Fact]
    public async Task ReopeningWithoutABranch_IsRefused()
    {
        await CreateAsync();
        await _world.Client.DeleteBranchAsync(_repository, Branch, _head, default);
        (await Pulls.GetAsync(_repository, 1, default))!.State.Should().Be(PullRequestState.Closed, "its branch is gone");

        await Awaiting(() => Pulls.UpdateAsync(_repository, 1, new PullRequestChange { State = PullRequestState.Open }, default))
            .Should().ThrowAsync<GitHubValidationException>().WithMessage("*has been deleted*");
    }

    [Fact]
    public async Task WhatGitHubWouldNotTake_IsNotSent()
    {
        await CreateAsync();
        _world.Server.Requests.Reset();
        foreach (var change in (PullRequestChange[])[
            new() { Body = new string('x', PullRequests.MaxBody + 1) },
            new() { Title = new string('x', PullRequests.MaxTitle + 1) },
            new() { Title = "" },
            new() { State = PullRequestState.Merged }])
        {
            await Awaiting(() => Pulls.UpdateAsync(_repository, 1, change, default)).Should().ThrowAsync<GitHubValidationException>();
        }

        _world.Server.Requests.Total.Should().Be(0);
        var long1 = await Pulls.UpdateAsync(_repository, 1, new PullRequestChange { Body = new string('x', PullRequests.MaxBody) }, default);
        long1.Body.Should().HaveLength(PullRequests.MaxBody);
    }

    [Fact]
    public async Task ChecksAndStatusesTogether()
    {
        (await ChecksAsync()).Should().Be(ChecksState.None);
        await _world.Server.People.CheckAsync(Name, _head, "build", null);
        (await ChecksAsync()).Should().Be(ChecksState.Pending);
        await _world.Server.People.CheckAsync(Name, _head, "build", "success");
        await _world.Server.People.CheckAsync(Name, _head, "docs", "skipped");
        (await ChecksAsync()).Should().Be(ChecksState.Passing);
        await _world.Server.People.StatusAsync(Name, _head, "ci/other", "pending");
        (await ChecksAsync()).Should().Be(ChecksState.Pending);
        await _world.Server.People.StatusAsync(Name, _head, "ci/other", "success");
        (await ChecksAsync()).Should().Be(ChecksState.Passing);
        await _world.Server.People.CheckAsync(Name, _head, "lint", "timed_out");
        (await ChecksAsync()).Should().Be(ChecksState.Failing);
        await _world.Server.People.CheckAsync(Name, _head, "lint", "neutral");
        await _world.Server.People.StatusAsync(Name, _head, "ci/other", "error");
        (await ChecksAsync()).Should().Be(ChecksState.Failing);
    }

    [Fact]
    public async Task MoreChecksThanFitOnAPage_AreAllSeen()
    {
        for (var number = 0; number < 101; number++)
        {
            await _world.Server.People.CheckAsync(Name, _head, $"check-{number}", number == 0 ? "failure" : "success");
        }

        (await ChecksAsync()).Should().Be(ChecksState.Failing);
    }

    [Theory]
    [InlineData("pull_requests=write", "pull_requests=write")]
    [InlineData("checks", "checks=read")]
    [InlineData("statuses", "statuses=read")]
    public async Task RightThatIsMissingIsNamed(string missing, string needed)
    {
        _world.Server.LackPermissions(missing);
        Func<Task> ask = missing.StartsWith("pull", StringComparison.Ordinal) ? () => CreateAsync() : ChecksAsync;

        (await ask.Should().ThrowAsync<GitHubPermissionException>()).Which.AcceptedPermissions.Should().Be(needed);
    }

    [Fact]
    public async Task ToMakeOne_CountsAsContent()
    {
        var client = _world.NewClient(options => options with { Limits = GitHubLimits.None with { ContentPerMinute = 1 } });
        var wanted = new NewPullRequest { Title = "Update", Body = "", Head = Branch, Base = "main" };
        await client.PullRequests.CreateAsync(_repository, wanted, default);

        await Awaiting(() => client.PullRequests.CreateAsync(_repository, wanted, default)).Should().ThrowAsync<RateLimitedException>();
        await client.PullRequests.UpdateAsync(_repository, 1, new PullRequestChange { Body = "Other" }, default);
    }

    private static Func<Task<T>> Awaiting<T>(Func<Task<T>> action) => action;

    private Task<ChecksState> ChecksAsync() => Pulls.FindChecksAsync(_repository, _head, default);

    private Task<PullRequest> CreateAsync(string head = Branch) => Pulls.CreateAsync(
        _repository, new NewPullRequest { Title = "Update", Body = "The *text* – 💳", Head = head, Base = "main" }, default);

    private async Task<string> PushAsync(string text)
    {
        using var fetched = await _world.Client.FetchAsync(_repository, ["refs/heads/main"], default);
        return await _world.Client.PushAsync(
            fetched,
            new BranchPush
            {
                Branch = Branch,
                Parent = fetched.CommitOf("refs/heads/main"),
                Files = [RepositoryFile.Text("new", text)],
                Message = "Update",
                Author = Scaffolds.Author,
            },
            default);
    }
}
