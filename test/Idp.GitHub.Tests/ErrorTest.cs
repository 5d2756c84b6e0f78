using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

public sealed class ErrorTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public static TheoryData<int, string, Type, bool> Meanings => new()
    {
        { 400, """{"message":"Problems parsing JSON"}""", typeof(GitHubValidationException), true },
        { 401, """{"message":"Bad credentials"}""", typeof(GitHubUnauthorizedException), false },
        { 403, """{"message":"Resource not accessible by integration"}""", typeof(GitHubPermissionException), true },
        { 403, """{"message":"Upgrade to GitHub Pro or make this repository public to enable this feature."}""", typeof(FeatureUnavailableException), true },
        { 403, """{"message":"Repository was archived so is read-only."}""", typeof(RepositoryArchivedException), true },
        { 403, """{"message":"Repository cannot be deleted until it is done being created on disk."}""", typeof(GitHubConflictException), false },
        { 404, """{"message":"Not Found"}""", typeof(OrganisationNotFoundException), false },
        { 408, "", typeof(GitHubUnavailableException), false },
        { 409, """{"message":"Git Repository is empty."}""", typeof(GitHubConflictException), false },
        { 410, """{"message":"Gone"}""", typeof(GitHubValidationException), true },
        { 422, """{"message":"Repository creation failed.","errors":[{"resource":"Repository","code":"custom","field":"name","message":"name already exists on this account"}]}""", typeof(NameTakenException), true },
        { 422, """{"message":"Could not clone: Name already exists on this account","errors":["Could not clone"]}""", typeof(NameTakenException), true },
        { 422, """{"message":"Validation Failed","errors":["Name ALREADY EXISTS on this account"]}""", typeof(NameTakenException), true },
        { 422, """{"message":"Validation Failed","errors":"one text"}""", typeof(GitHubValidationException), true },
        { 422, """{"message":"Update is not a fast forward"}""", typeof(GitHubConflictException), false },
        { 451, """{"message":"Repository access blocked"}""", typeof(GitHubPermissionException), true },
        { 500, """{"message":"Server Error"}""", typeof(GitHubUnavailableException), false },
        { 502, "<html>Bad gateway</html>", typeof(GitHubUnavailableException), false },
        { 503, "", typeof(GitHubUnavailableException), false },
        { 304, "", typeof(GitHubRedirectException), false },
        { 201, "<html>a proxy's page</html>", typeof(GitHubUnavailableException), false },
        { 201, "null", typeof(GitHubUnavailableException), false },
        { 201, """{"id":1}""", typeof(GitHubUnavailableException), false },
    };

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task FailureHasItsMeaning(int status, string body, Type type, bool isTerminal)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(
            status, body, ("X-GitHub-Request-Id", "AB:12"), ("X-Accepted-GitHub-Permissions", "administration=write")));

        var create = () => handler.Client().CreateRepositoryAsync(
            "acme", new NewRepository { Name = "x" }, CancellationToken.None);

        var error = (await create.Should().ThrowAsync<GitHubException>()).Which;
        error.Should().BeOfType(type);
        error.IsTerminal.Should().Be(isTerminal);
        error.RequestId.Should().Be("AB:12");
        error.Message.Should().Contain("create acme/x");
        handler.Asked.Should().ContainSingle("nothing is retried");
    }

    [Fact]
    public async Task MissingRightIsNamed()
    {
        _world.Server.Add(new GitHubFault
        {
            Status = 403,
            Body = JsonNode.Parse("""{"message":"Resource not accessible by integration","documentation_url":"https://docs.github.com/x"}"""),
            Headers = new Dictionary<string, string> { ["X-Accepted-GitHub-Permissions"] = "administration=write" },
        });

        var create = () => _world.CreateAsync();

        var error = (await create.Should().ThrowAsync<GitHubPermissionException>()).Which;
        error.AcceptedPermissions.Should().Be("administration=write");
        error.DocumentationUrl.Should().Be("https://docs.github.com/x");
        error.Message.Should().Be(
            "GitHub was asked to create acme/payment-service and answered 403: "
            + "Resource not accessible by integration; the token needs administration=write.");
    }

    [Fact]
    public async Task UnknownOrganisationIsNotFound()
    {
        var create = () => _world.Client.CreateRepositoryAsync(
            "unknown", new NewRepository { Name = "x" }, CancellationToken.None);

        await create.Should().ThrowAsync<OrganisationNotFoundException>().WithMessage("*create unknown/x*404*");
    }

    [Fact]
    public async Task BrokenConnectionIsUnavailable()
    {
        _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropBefore });

        var create = () => _world.CreateAsync();

        (await create.Should().ThrowAsync<GitHubUnavailableException>()).Which.StatusCode.Should().BeNull();
        await create.Should().NotThrowAsync("nothing was made");
    }

    [Fact]
    public async Task NobodyListeningIsUnavailable()
    {
        var other = await World.StartAsync();
        await other.Server.DisposeAsync();

        var create = () => other.Client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        await create.Should().ThrowAsync<GitHubUnavailableException>().WithMessage(
            "*show acme/x*the connection failed*");
        await other.DisposeAsync();
    }

    [Fact]
    public async Task TimeOutIsUnavailable_AndCancellationIsCancellation()
    {
        using var http = new HttpClient(new SilentHandler()) { Timeout = TimeSpan.FromMilliseconds(20) };
        var client = new GitHubClient(http, new TokenFile(_world.TokenPath), new GitHubOptions(), _world.Clock);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var slow = () => client.FindRepositoryAsync("acme", "x", CancellationToken.None);
        var stopped = () => client.FindRepositoryAsync("acme", "x", cancelled.Token);

        await slow.Should().ThrowAsync<GitHubUnavailableException>().WithMessage("*no answer within*");
        await stopped.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task EnterpriseServerKeepsItsPath_AndRequestsCarryTheirHeaders()
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json(404, "{}"));

        await handler.Client("https://github.acme.dev/api/v3").FindRepositoryAsync("acme", "x", CancellationToken.None);
        await handler.Client("https://github.acme.dev/api/v3/").FindRepositoryAsync(7, CancellationToken.None);

        handler.Asked.Select(asked => asked.Address.AbsoluteUri).Should().Equal(
            "https://github.acme.dev/api/v3/repos/acme/x", "https://github.acme.dev/api/v3/repositories/7");
        handler.Asked[0].Headers.Should()
            .Contain("Accept: application/vnd.github+json")
            .And.Contain("X-GitHub-Api-Version: 2022-11-28")
            .And.Contain("User-Agent: idp-operator");
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
