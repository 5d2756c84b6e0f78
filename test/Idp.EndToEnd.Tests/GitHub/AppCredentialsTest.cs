using System.Security.Cryptography;
using Idp.Entities;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>The operator works as a GitHub App: with tokens that it makes, loses and makes anew, and never shows.</summary>
[Collection(AppWorld.Name)]
public sealed class AppCredentialsTest(AppPlatform platform)
{
    [Fact]
    public async Task AnAppsKeyIsEnoughForAnApplication()
    {
        var app = await platform.NewAppAsync("by-app");

        await app.MakeAsync(Specs.Small);

        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
        platform.Installations.Tokens.Should().NotBeEmpty();
        var metrics = await platform.ReadOperatorAsync("metrics");
        metrics.Should().Contain("operation=\"create_installation_token\"").And.Contain("operation=\"get_installation\"");
    }

    [Fact]
    public async Task TheOrganisationsDefaultBranch_IsTheOneThatIsFilledAndDeployed()
    {
        var app = await platform.NewAppAsync("trunk");

        var made = await app.MakeAsync(Specs.Small);

        made.TextAt("status", "repository", "defaultBranch").Should().Be("trunk");
        var environment = await platform.GetAsync(Kinds.Environment, app.Team, app.In("staging"));
        environment.TextAt("spec", "source", "targetRevision").Should().Be("trunk");
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
    }

    [Fact]
    public async Task ATokenThatIsTakenBack_IsReplacedUnnoticed()
    {
        var app = await platform.NewAppAsync("taken-back");
        await app.MakeAsync(Specs.Small);
        var before = await RevokeAsync();

        await app.ReconcileAsync();

        var after = await app.GetAsync();
        after.Is(Conditions.Ready).Should().BeTrue();
        after.Condition(Conditions.RepositoryReady).TextAt("status").Should().Be("True");
        platform.Installations.Tokens.Should().HaveCount(before + 1, "one is enough");
    }

    [Fact]
    public async Task ATokenThatGitHubDoesNotKnowYet_IsTriedAgainWithinSeconds()
    {
        var app = await platform.NewAppAsync("unknown-yet");
        await app.MakeAsync(Specs.Small);
        var before = await RevokeAsync();
        platform.Sandbox.GitHub.Add(new GitHubFault { Path = "^/repositories/", Skip = 1, Status = 401, Body = new JsonObject { ["message"] = "Bad credentials" } });

        await app.ReconcileAsync();
        await app.UntilAsync("in order again", item => item.Condition(Conditions.RepositoryReady).TextAt("status") == "True" && item.Is(Conditions.Ready));

        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "the new token was refused once");
        platform.Installations.Tokens.Should().HaveCount(before + 1, "the token was good");
    }

    [Fact]
    public async Task AnAppThatIsNotInstalled_IsSaidWithTheWayOut()
    {
        var app = await platform.NewAppAsync("uninstalled");
        await app.MakeAsync(Specs.Small);
        platform.Installations.Uninstall("acme");
        await RevokeAsync();

        await app.ReconcileAsync();
        var said = (await app.GetAsync()).Condition(Conditions.RepositoryReady);

        said.TextAt("reason").Should().Be(Reasons.GitHubUnauthorized);
        said.TextAt("message").Should().Contain("not installed in acme").And.Contain("have an owner of acme install it");
        platform.Installations.Install("acme", 99);
        await app.ReconcileAsync();
        await app.UntilReadyAsync();
    }

    [Fact]
    public async Task AKeyThatTheAppHasNoMore_IsSaidWithTheWayOut_AndTheNextOneNeedsNoRestart()
    {
        var app = await platform.NewAppAsync("rekeyed");
        await app.MakeAsync(Specs.Small);
        using var next = RSA.Create(2048);
        platform.Installations.ReplaceKey(next.ExportSubjectPublicKeyInfoPem());
        await RevokeAsync();

        await app.ReconcileAsync();
        var said = (await app.GetAsync()).Condition(Conditions.RepositoryReady);

        said.TextAt("reason").Should().Be(Reasons.GitHubUnauthorized);
        said.TextAt("message").Should().Contain(platform.PrivateKeyPath).And.Contain("A JSON web token could not be decoded")
            .And.Contain("platform team has to mend the credentials");
        await PrivateFile.WriteAsync(platform.PrivateKeyPath, next.ExportRSAPrivateKeyPem(), CancellationToken.None);
        await app.ReconcileAsync();
        await app.UntilAsync("in order again", item => item.Condition(Conditions.RepositoryReady).TextAt("status") == "True" && item.Is(Conditions.Ready));
    }

    [Theory]
    [InlineData("behind", -10)]
    [InlineData("ahead", 10)]
    public async Task AClockThatDiffersFromGitHubs_IsMadeUpFor(string name, int minutes)
    {
        var app = await platform.NewAppAsync(name);
        await app.MakeAsync(Specs.Small);
        try
        {
            await SetGitHubsClockAsync(TimeSpan.FromMinutes(minutes));
            await ExpectOneMoreTokenAsync(app, "GitHub refused the first for its times, and said what time it is");
        }
        finally
        {
            await SetGitHubsClockAsync(TimeSpan.Zero);
        }

        await ExpectOneMoreTokenAsync(app, "the difference is gone again");

        async Task SetGitHubsClockAsync(TimeSpan offset)
        {
            await RevokeAsync();
            platform.GitHubClock.Offset = offset;
        }
    }

    [Fact]
    public async Task NoCredentialsAreSeenWhereTheyDoNotBelong()
    {
        var app = await platform.NewAppAsync("discreet");
        await app.MakeAsync(Specs.Small);
        var key = await platform.PrivateKeyAsync();
        var words = $"{platform.Installations.Tokens[^1]} was signed for by {platform.Installations.Assertions[^1]} with {key}";

        await HearAsync(app, "GET", "repositories/", 503, words, Reasons.GitHubUnavailable);
        await RevokeAsync();
        await HearAsync(app, "POST", "/access_tokens", 401, words, Reasons.GitHubUnauthorized);

        var lines = key.Split('\n').Where(line => line.Length > 0);
        string[] secrets = [.. platform.Installations.Tokens, .. platform.Installations.Assertions, .. lines, platform.Token];
        secrets.Should().HaveCountGreaterThan(20);
        (await PublicPlaces.ReadAsync(platform, app.Name)).ShouldHoldNone(secrets);
        await app.ReconcileAsync();
        await app.UntilReadyAsync();
    }

    private async Task ExpectOneMoreTokenAsync(TestApp app, string why)
    {
        var (tokens, asked) = (platform.Installations.Tokens.Count, Asked());
        await app.ReconcileAsync();
        var after = await app.GetAsync();
        after.Condition(Conditions.RepositoryReady).TextAt("status").Should().Be("True", after.Condition(Conditions.RepositoryReady).TextAt("message"));
        platform.Installations.Tokens.Count.Should().Be(tokens + 1);
        Asked().Should().Be(asked + 2, why);

        int Asked() => platform.Sandbox.GitHub.Requests.ByOperation().GetValueOrDefault("create_installation_token");
    }

    /// <summary>Has GitHub say something to every such request, until the application has repeated it.</summary>
    private async Task HearAsync(TestApp app, string method, string path, int status, string words, string reason)
    {
        platform.Sandbox.GitHub.Add(new GitHubFault { Method = method, Path = path, Status = status, Times = 1000, Body = new JsonObject { ["message"] = words } });
        await app.ReconcileAsync();
        var said = (await app.GetAsync()).Condition(Conditions.RepositoryReady);
        platform.Sandbox.GitHub.ClearFaults();
        said.TextAt("reason").Should().Be(reason);
        said.TextAt("message").Should().Contain("***", "that is where the credentials stood");
    }

    /// <summary>Takes every token back, once the newest is old enough for the operator to see that from a refusal.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> RevokeAsync()
    {
        await platform.Watching.UntilAsync(
            "a token that is no new one any more", () => Task.FromResult(platform.Installations.NewestIs(TimeSpan.FromSeconds(6))), TimeSpan.FromMilliseconds(200));
        platform.Installations.RevokeTokens();
        return platform.Installations.Tokens.Count;
    }
}
