using System.Security.Cryptography;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests.Auth;

public sealed class AppCredentialsTest : IAsyncLifetime
{
    private AppWorld _world = null!;

    public async Task InitializeAsync() => _world = await AppWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task KeyIsTakenInBothOfItsForms()
    {
        await FindAsync(_world.NewClient());
        await File.WriteAllTextAsync(_world.KeyPath, "Exported for tests\r\n" + _world.Key.ExportPkcs8PrivateKeyPem());

        await FindAsync(_world.NewClient());

        _world.Minted.Should().Be(2);
    }

    [Fact]
    public async Task ClientIdStandsForTheId()
    {
        var tokens = _world.NewTokens(change: app => app with { AppId = "Iv23liSandboxSandbox" });

        await FindAsync(_world.NewClient(tokens));
    }

    [Fact]
    public async Task KeyThatIsNotTheAppsIsSaid_AndARotatedOneIsRead()
    {
        var client = _world.NewClient();
        await FindAsync(client);
        _world.ReplaceKeyOnGitHub();
        _world.Clock.Advance(TimeSpan.FromHours(2));

        var error = (await client.Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>()).Which;

        error.Message.Should().Contain(_world.KeyPath).And.Contain("App 12345").And.Contain("A JSON web token could not be decoded");
        error.StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
        error.IsTerminal.Should().BeFalse();
        _world.WriteKey();
        await FindAsync(client);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no PEM")]
    [InlineData("public half")]
    [InlineData("other algorithm")]
    [InlineData("encrypted")]
    [InlineData("damaged")]
    [InlineData("cut off")]
    public async Task FileWithoutAKeyIsNamed_WithoutWhatIsInIt(string what)
    {
        var content = Useless(what);
        await File.WriteAllTextAsync(_world.KeyPath, content);

        var error = (await _world.NewClient().Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>()).Which;

        error.Message.Should().Contain(_world.KeyPath).And.Contain("RSA private key");
        var lines = content.Split('\n').Where(line => line.Length > 0).ToArray();
        lines.Where(line => error.ToString().Contains(line, StringComparison.Ordinal)).Should().BeEmpty();
        _world.Server.Requests.Total.Should().Be(0);
    }

    [Fact]
    public async Task MissingKeyFileIsNamed()
    {
        File.Delete(_world.KeyPath);

        await _world.NewClient().Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>().WithMessage($"*{_world.KeyPath}*cannot be read*");
    }

    [Fact]
    public async Task AppThatIsNotInstalledIsSaid_AndFoundOnceItIs()
    {
        var client = _world.NewClient("elsewhere");

        var error = (await client.Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>()).Which;

        error.Message.Should().Contain("App 12345 is not installed in elsewhere").And.Contain("have an owner of elsewhere install it");
        _world.Installations.Install("elsewhere", 5);
        await client.CreateRepositoryAsync("elsewhere", new NewRepository { Name = "one" }, CancellationToken.None);
    }

    [Fact]
    public async Task UnknownAppIsSaidInGitHubsWords()
    {
        var tokens = _world.NewTokens(change: app => app with { AppId = "999" });

        await _world.NewClient(tokens).Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>()
            .WithMessage("App 999 is not installed in acme*Integration not found*correct the App's id*");
    }

    [Fact]
    public async Task UserMayHaveInstalledTheApp()
    {
        var token = await _world.NewTokens("octocat").GetTokenAsync(CancellationToken.None);

        token.Should().Be(_world.Installations.Tokens.Single()).And.StartWith("ghs_12345_eyJ");
        _world.Calls.All.Select(call => $"{call.Operation} {call.StatusCode}").Should().Equal(
            "get_installation 404", "get_installation 200", "create_installation_token 201");
    }

    [Fact]
    public async Task SuspendedInstallationIsSaid_UntilItIsUnsuspended()
    {
        var client = _world.NewClient();
        await FindAsync(client);
        _world.Installations.Suspend("acme");
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        var error = (await client.Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>()).Which;

        error.Message.Should().Contain("an owner of acme has to unsuspend it").And.Contain("This installation has been suspended");
        _world.Installations.Unsuspend("acme");
        await FindAsync(client);
    }

    [Fact]
    public async Task AppThatWasInstalledAnewIsFoundUnderItsNewNumber()
    {
        var client = _world.NewClient();
        await FindAsync(client);
        _world.Installations.Install("acme", 5);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        await FindAsync(client);

        _world.Count("get_installation").Should().Be(2);
    }

    [Fact]
    public async Task NumberThatIsConfiguredIsNotLookedUp()
    {
        var right = _world.NewTokens(change: app => app with { InstallationId = AppWorld.Installation });
        var wrong = _world.NewTokens(change: app => app with { InstallationId = 1 });

        await FindAsync(_world.NewClient(right));

        await _world.NewClient(wrong).Awaiting(FindAsync).Should().ThrowAsync<TokenUnavailableException>().WithMessage("App 12345 has no installation 1:*");
        _world.Count("get_installation").Should().Be(0);
    }

    [Fact]
    public async Task EnterpriseServerIsAskedBelowItsPath()
    {
        using var handler = new BelowAPath("/api/v3/", _world.Server.BaseAddress);
        using var http = new HttpClient(handler);
        var options = new GitHubOptions { BaseAddress = handler.BaseAddress };
        var app = new GitHubAppInstallation { AppId = "12345", PrivateKeyFile = _world.KeyPath, Owner = "acme" };
        var client = new GitHubClient(http, new InstallationTokens(http, app, options, _world.Clock), options, _world.Clock);

        var made = await client.CreateRepositoryAsync("acme", new NewRepository { Name = "one" }, CancellationToken.None);

        made.FullName.Should().Be("acme/one");
        _world.Count("get_installation").Should().Be(1);
        _world.Minted.Should().Be(1);
    }

    [Theory]
    [InlineData("/installation$")]
    [InlineData("/access_tokens$")]
    public async Task OtherHostGetsNoCredentials(string path)
    {
        await using var stranger = await World.StartAsync();
        _world.Server.Add(new GitHubFault
        {
            Path = path,
            Status = 307,
            Headers = new Dictionary<string, string> { ["Location"] = $"{stranger.Server.BaseAddress}app" },
        });

        var error = (await _world.NewClient().Awaiting(FindAsync).Should().ThrowAsync<GitHubRedirectException>()).Which;

        error.Message.Should().Contain(stranger.Server.BaseAddress.Authority);
        stranger.Server.Requests.Total.Should().Be(0);
    }

    [Theory]
    [InlineData("/installation")]
    [InlineData("/access_tokens")]
    [InlineData("/repos/")]
    public async Task CredentialsAreInNoExceptionAndNoLog(string path)
    {
        using var handler = new Echo(path);
        int[] successes = path == "/repos/" ? [] : [200, 201];
        foreach (var status in successes.Concat([400, 401, 403, 404, 422, 429, 500]))
        {
            handler.Status = status;
            handler.Said.Clear();
            var error = (await _world.NewClient(handler: handler).Awaiting(ChangeAsync).Should().ThrowAsync<GitHubException>()).Which;

            handler.Said.Should().NotBeEmpty();
            var text = $"{error} {error.Failure} {string.Join(' ', error.Errors)} {error.InnerException}";
            handler.Said.Concat(_world.KeyLines()).Concat(_world.Installations.Tokens).Where(secret => text.Contains(secret, StringComparison.Ordinal))
                .Should().BeEmpty("status {0}", status);
        }

        static Task ChangeAsync(GitHubClient client) => client.ReplaceTopicsAsync(
            new Repository { Id = 1, Owner = "acme", Name = "x", HtmlUrl = "", CloneUrl = "", DefaultBranch = "main" }, [], CancellationToken.None);
    }

    private string Useless(string what)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return what switch
        {
            "nothing" => "",
            "no PEM" => "not a key",
            "public half" => _world.Key.ExportSubjectPublicKeyInfoPem(),
            "other algorithm" => other.ExportPkcs8PrivateKeyPem(),
            "encrypted" => _world.Key.ExportEncryptedPkcs8PrivateKeyPem(
                "password", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)),
            "damaged" => _world.Key.ExportRSAPrivateKeyPem().Replace('M', 'A'),
            _ => _world.Key.ExportRSAPrivateKeyPem()[..400],
        };
    }

    private static async Task FindAsync(GitHubClient client) =>
        (await client.FindRepositoryAsync("acme", "absent", CancellationToken.None)).Should().BeNull();
}
