using System.Net;

namespace Idp.GitHub.Tests;

/// <summary>What Octokit would do by itself, and does not do here.</summary>
public sealed class OctokitTest
{
    private static readonly Repository Pay = new() { Id = 7, Owner = "acme", Name = "pay", DefaultBranch = "main", HtmlUrl = "", CloneUrl = "" };

    [Fact]
    public async Task PermissionsOfATeamStayBelowThePathOfAnEnterpriseServer()
    {
        using var handler = new ScriptedHandler(_ => ScriptedHandler.Json(404, "{}"));
        var teams = handler.Client("https://github.acme.dev/api/v3").Administration.Teams;

        (await teams.FindAsync(Pay, "dev", CancellationToken.None)).Should().BeNull();

        handler.Asked.Single().Address.AbsolutePath.Should().Be("/api/v3/orgs/acme/teams/dev/repos/acme/pay");
    }

    [Fact]
    public async Task NoAddressThatCameWithAnAnswerIsFollowed()
    {
        using var handler = new ScriptedHandler(_ => ScriptedHandler.Json(
            200, """[{"property_name":"a","value":"b"}]""", ("Link", "<https://elsewhere.test/next>; rel=\"next\"")));

        var found = await handler.Client().Administration.Properties.ListAsync(Pay, CancellationToken.None);

        found.Should().Equal(new Dictionary<string, string> { ["a"] = "b" });
        handler.Asked.Should().ContainSingle();
    }

    [Fact]
    public async Task RequestsCarryOneToken_OneName_AndTheirBodyAsJson()
    {
        using var handler = new ScriptedHandler(_ => ScriptedHandler.Json(200, """{"names":[]}"""));

        await handler.Client().ReplaceTopicsAsync(Pay, [], CancellationToken.None);

        var asked = handler.Asked.Single();
        asked.Authorization.Should().Be($"Bearer {World.Token}");
        asked.Headers.Should().Contain("User-Agent: idp-operator\n".ReplaceLineEndings()).And.NotContain("Octokit");
        asked.Body.Should().Be("""{"names":[]}""");
    }

    [Theory]
    [InlineData("""{"id":7,"name":"x","owner":{"login":"acme","type":"TOKEN"}}""")]
    [InlineData("""{"id":7,"name":"x","owner":{"login":"acme"},"created_at":"TOKEN"}""")]
    [InlineData("""{"id":"TOKEN","name":"x","owner":{"login":"acme"}}""")]
    [InlineData("""{"id":7,"name":"x","owner":{"login":"acme"},"has_projects":"TOKEN"}""")]
    [InlineData("""{"id":7,"name":"x","owner":{"login":"TOKEN """)]
    public async Task WhatOctokitCannotReadIsNotQuoted(string answer)
    {
        using var handler = new ScriptedHandler(_ => ScriptedHandler.Json(200, answer.Replace("TOKEN", "ghs_secret", StringComparison.Ordinal)));
        var find = () => handler.Client().FindRepositoryAsync(7, CancellationToken.None);

        var error = (await find.Should().ThrowAsync<GitHubUnavailableException>()).Which;

        error.Message.Should().Be("GitHub was asked to show repository 7, and the answer was not what its API promises.");
        error.ToString().Should().NotContain("ghs_secret");
    }

    [Theory]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(205)]
    public async Task AnAnswerWithoutABodyIsDoneWhereNothingIsRead_AndNothingToRead(int status)
    {
        using var handler = new ScriptedHandler(_ => new HttpResponseMessage((HttpStatusCode)status));

        await handler.Client().DeleteRepositoryAsync(7, CancellationToken.None);
        await handler.Client().ReplaceTopicsAsync(Pay, [], CancellationToken.None);
        await handler.Client().Administration.Alerts.SetAsync(Pay, on: true, CancellationToken.None);
        var find = () => handler.Client().FindRepositoryAsync(7, CancellationToken.None);

        await find.Should().ThrowAsync<GitHubUnavailableException>();
        handler.Asked.Should().HaveCount(4);
    }

    [Fact]
    public async Task ACallThatIsGivenUpEndsWhileItsRequestIsUnderWay()
    {
        using var sent = new SemaphoreSlim(0);
        using var http = new HttpClient(new Unanswered(sent));
        using var giveUp = new CancellationTokenSource();
        var client = new GitHubClient(http, new Nobody(), new GitHubOptions(), TimeProvider.System);

        var find = client.FindRepositoryAsync(7, giveUp.Token);
        await sent.WaitAsync();
        await giveUp.CancelAsync();

        await FluentActions.Awaiting(() => find).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task CallsAtOnceDoNotTakeOneAnotherForTheirOwn()
    {
        using var http = new HttpClient(new AllAtOnce(50));
        var client = new GitHubClient(http, new Nobody(), new GitHubOptions { Limits = GitHubLimits.None }, TimeProvider.System);

        var calls = Enumerable.Range(1, 50).Select(async id =>
        {
            var find = () => client.FindRepositoryAsync(id, CancellationToken.None);
            (await find.Should().ThrowAsync<GitHubUnavailableException>()).Which.Message.Should().Contain($"show repository {id} and");
        });

        await Task.WhenAll(calls);
        GitHubCallContext.Current.Should().BeNull();
    }

    private sealed class Nobody : ITokenSource
    {
        public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new("none");
    }

    private sealed class Unanswered(SemaphoreSlim sent) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage();
        }
    }

    /// <summary>Answers none before all have asked.</summary>
    private sealed class AllAtOnce(int count) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _asked) == count)
            {
                _all.SetResult();
            }

            await _all.Task.WaitAsync(cancellationToken);
            return ScriptedHandler.Json(500, "{}");
        }
    }
}
