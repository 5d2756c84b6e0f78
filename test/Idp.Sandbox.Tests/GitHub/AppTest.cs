using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

public sealed class AppTest : IAsyncLifetime
{
    private const string Unknown = "Integration not found";
    private const string Undecodable = "A JSON web token could not be decoded";
    private const string IssuedAt = "'Issued at' claim ('iat') must be an Integer";
    private const string Expired = "'Expiration time' claim ('exp') must be a numeric value";
    private const string TooFar = "'Expiration time' claim ('exp') is too far in the future";

    private static readonly string[] AccountMembers =
    [
        "avatar_url", "events_url", "followers_url", "following_url", "gists_url", "gravatar_id", "html_url", "id", "node_id", "login",
        "organizations_url", "received_events_url", "repos_url", "site_admin", "starred_url", "subscriptions_url", "type", "url",
    ];

    private static readonly string[] InstallationMembers =
    [
        "id", "app_id", "app_slug", "target_id", "target_type", "single_file_name", "repository_selection", "access_tokens_url", "html_url",
        "repositories_url", "events", "account", "permissions", "created_at", "updated_at", "suspended_by", "suspended_at",
    ];

    private static readonly string[] AppMembers =
        ["id", "node_id", "owner", "name", "description", "external_url", "html_url", "created_at", "updated_at", "permissions", "events"];

    private readonly RSA _key = RSA.Create(2048);
    private readonly ManualTime _clock = new();
    private Api _api = null!;

    public async Task InitializeAsync() => _api = await Api.StartAsync(options => options with
    {
        Organisations = ["acme", "other"],
        Users = ["octocat"],
        Clock = _clock,
        App = new GitHubServerApp
        {
            PublicKeyPem = _key.ExportSubjectPublicKeyInfoPem(),
            Installations = new Dictionary<string, long> { ["acme"] = 7, ["octocat"] = 8 },
        },
    });

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task BodiesHaveEveryMemberThatGitHubRequires()
    {
        Has(await AsAppAsync("GET", "app"), 200, AppMembers);
        Has((await AsAppAsync("GET", "app")).Body!["owner"]!, AccountMembers);
        var (status, installed) = await AsAppAsync("GET", "orgs/ACME/installation");
        Has((status, installed), 200, InstallationMembers);
        Has(installed!["account"]!, AccountMembers);
        installed["target_type"]!.ToString().Should().Be("Organization");
        (await AsAppAsync("GET", "users/octocat/installation")).Body!["account"]!["type"]!.ToString().Should().Be("User");
        _api.Server.Installations.Suspend("acme");
        Has((await AsAppAsync("GET", "orgs/acme/installation")).Body!["suspended_by"]!, AccountMembers);
        _api.Server.Installations.Unsuspend("acme");
        Has(await AsAppAsync("POST", "app/installations/7/access_tokens"), 201, ["token", "expires_at"]);
    }

    /// <summary>Seconds from now to iat and exp, issuer, status, message.</summary>
    public static TheoryData<int, int, string, int, string?> Claims => new()
    {
        { -60, 540, "12345", 200, null },
        { 0, 600, "Iv23liSandboxSandbox", 200, null },
        { 1, 540, "12345", 401, IssuedAt },
        { -600, 0, "12345", 401, Expired },
        { -60, 601, "12345", 401, TooFar },
        { -60, 540, "1", 404, Unknown },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task ClaimsDecideWhetherAnAppIsLetIn(int issued, int expires, string issuer, int status, string? message)
    {
        var answer = await _api.AskAsync("GET", "app", null, ("Authorization", $"Bearer {Signed(_key, issued, expires, issuer)}"));

        answer.Status.Should().Be(status);
        (answer.Body!["message"]?.ToString() ?? "").Should().StartWith(message ?? "");
        answer.Response.Headers.Date.Should().Be(_clock.GetUtcNow(), "clients set their clocks by it");
        _api.Server.Installations.Assertions.Should().HaveCount(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task OnlyTheAppsOwnSignatureHolds()
    {
        using var stranger = RSA.Create(2048);
        var unsigned = Part("""{"alg":"none"}""") + Signed(_key, -60, 540, "12345")[Signed(_key, -60, 540, "12345").IndexOf('.', StringComparison.Ordinal)..];
        foreach (var text in new[] { Signed(stranger, -60, 540, "12345"), unsigned, "a.b.c", "nothing", Api.Token })
        {
            var answer = await _api.AskAsync("GET", "orgs/acme/installation", null, ("Authorization", $"Bearer {text}"));
            (answer.Status, answer.Body!["message"]!.ToString()).Should().Be((401, Undecodable));
        }

        (await _api.AskAsync("GET", "app", null, ("Authorization", null))).Status.Should().Be(401);
        var elsewhere = await _api.AskAsync("GET", "repos/acme/x", null, ("Authorization", $"Bearer {Signed(_key, -60, 540, "12345")}"));
        elsewhere.Body!["message"]!.ToString().Should().Be("Bad credentials", "an App as itself opens no repository");
    }

    [Fact]
    public async Task TokenOpensWhatItsInstallationHas_UntilItsEnd()
    {
        await _api.CreateAsync();
        await _api.AskAsync("POST", "orgs/other/repos", """{"name":"app"}""");
        var token = await TokenAsync(7);

        token.Should().StartWith("ghs_12345_eyJ").And.MatchRegex(@"\A\S{200,}\z");
        (await AsAsync(token, "GET", "repos/acme/app")).Status.Should().Be(200);
        (await AsAsync(token, "GET", "repositories/100001")).Status.Should().Be(200);
        (await AsAsync(token, "GET", "repos/other/app")).Status.Should().Be(404);
        (await AsAsync(token, "GET", "repositories/100002")).Status.Should().Be(404);
        (await AsAsync(token, "POST", "orgs/other/repos")).Body!["message"]!.ToString().Should().Be("Resource not accessible by integration");
        _clock.Advance(TimeSpan.FromMinutes(60));
        (await AsAsync(token, "GET", "repos/acme/app")).Body!["message"]!.ToString().Should().Be("Bad credentials");
    }

    [Fact]
    public async Task TokensEndWithTheInstallation()
    {
        await _api.CreateAsync();
        var token = await TokenAsync(7);

        _api.Server.Installations.Suspend("acme");
        (await AsAsync(token, "GET", "repos/acme/app")).Status.Should().Be(401);
        (await AsAppAsync("POST", "app/installations/7/access_tokens")).Body!["message"]!.ToString().Should().Be("This installation has been suspended");
        _api.Server.Installations.Unsuspend("acme");
        (await AsAsync(token, "GET", "repos/acme/app")).Status.Should().Be(200);
        _api.Server.Installations.RevokeTokens();
        (await AsAsync(token, "GET", "repos/acme/app")).Status.Should().Be(401);
        _api.Server.Installations.Uninstall("acme");
        (await AsAppAsync("GET", "orgs/acme/installation")).Status.Should().Be(404);
        (await AsAppAsync("POST", "app/installations/7/access_tokens")).Status.Should().Be(404);
    }

    [Fact]
    public async Task OrganisationsAndUsersAreLookedUpApart()
    {
        (await AsAppAsync("GET", "orgs/octocat/installation")).Status.Should().Be(404);
        (await AsAppAsync("GET", "users/acme/installation")).Status.Should().Be(404);
        (await AsAppAsync("GET", "orgs/other/installation")).Status.Should().Be(404);
        (await AsAppAsync("POST", "app/installations/7/access_tokens", """{"repositories":["x"]}""")).Status.Should().Be(422);
    }

    [Fact]
    public async Task ServerWithoutAnAppKnowsNothingOfApps()
    {
        await using var plain = await Api.StartAsync();

        (await plain.AskAsync("GET", "app")).Status.Should().Be(404);
        plain.Server.Invoking(server => server.Installations).Should().Throw<InvalidOperationException>();
    }

    private async Task<string> TokenAsync(long installation) =>
        (await AsAppAsync("POST", $"app/installations/{installation}/access_tokens")).Body!["token"]!.ToString();

    private Task<(int Status, JsonNode? Body)> AsAppAsync(string method, string path, string? body = null) =>
        AsAsync(Signed(_key, -60, 540, "12345"), method, path, body);

    private async Task<(int Status, JsonNode? Body)> AsAsync(string credentials, string method, string path, string? body = null)
    {
        var (status, json, _) = await _api.AskAsync(method, path, body, ("Authorization", $"Bearer {credentials}"));
        return (status, json);
    }

    private string Signed(RSA key, int issued, int expires, string issuer)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var text = $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part($$"""{"iat":{{now + issued}},"exp":{{now + expires}},"iss":"{{issuer}}"}""")}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static void Has((int Status, JsonNode? Body) answer, int status, string[] members)
    {
        answer.Status.Should().Be(status);
        Has(answer.Body!, members);
    }

    private static void Has(JsonNode body, string[] members) => body.AsObject().Select(member => member.Key).Should().Contain(members);
}
