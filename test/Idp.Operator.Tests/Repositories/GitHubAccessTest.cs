using System.Security.Cryptography;
using Idp.GitHub;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Operator.Tests.Observability;
using Idp.Sandbox.GitHub;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Tests.Repositories;

public sealed class GitHubAccessTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-access-");
    private readonly ManualTime _clock = new();
    private readonly OperatorMetrics _metrics = new("Test.Access");
    private readonly MeterProvider _meters = MetricsEndpoint.Listen("Test.Access");
    private PlatformSettingsSource? _settings;

    [Fact]
    public void AFileIsOneSetOfCredentials_ForAllOwners()
    {
        using var access = Open("tokenFile: /t");

        access.For("acme").Should().BeSameAs(access.For("acme")).And.BeSameAs(access.For("other"));
    }

    [Fact]
    public void AnAppHasOneSetForEachOwner()
    {
        using var access = Open("app: {id: '1', privateKeyFile: /k}");

        access.For("acme").Should().BeSameAs(access.For("ACME")).And.NotBeSameAs(access.For("other"));
    }

    [Fact]
    public void AnInstallationThatIsNamed_IsForAllOwners()
    {
        using var access = Open("app: {id: '1', privateKeyFile: /k, installationId: 7}");

        access.For("acme").Should().BeSameAs(access.For("other"));
    }

    [Fact]
    public void ClientsAreKept_UntilTheSettingsOfGitHubChange()
    {
        using var access = Open("app: {id: '1', privateKeyFile: /k}");
        var before = access.For("acme");

        Write("app: {id: '1', privateKeyFile: /k}", domain: "other.dev");
        access.For("acme").Should().BeSameAs(before);
        Write("app: {id: '2', privateKeyFile: /k}");
        access.For("acme").Should().NotBeSameAs(before);
        Write("tokenFile: /t");
        access.For("acme").Should().BeSameAs(access.For("other"));
    }

    [Fact]
    public async Task TheAppWorksInEachOwnersOrganisation_WithATokenOfItsOwn()
    {
        using var key = RSA.Create(2048);
        var file = Path.Combine(_folder.FullName, "key.pem");
        await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem());
        var options = new GitHubServerOptions
        {
            DataDirectory = Path.Combine(_folder.FullName, "github"),
            Token = "unused",
            Organisations = ["acme", "labs"],
            App = new GitHubServerApp { PublicKeyPem = key.ExportSubjectPublicKeyInfoPem(), Installations = new Dictionary<string, long> { ["acme"] = 1, ["labs"] = 2 } },
            Clock = _clock,
        };
        await using var server = await GitHubServer.StartAsync(options, CancellationToken.None);
        using var access = Open($"apiUrl: '{server.BaseAddress}', app: {{id: '12345', privateKeyFile: '{file}'}}");

        foreach (var owner in options.Organisations)
        {
            var made = await access.For(owner).CreateRepositoryAsync(owner, new NewRepository { Name = "one" }, CancellationToken.None);
            made.FullName.Should().Be($"{owner}/one");
        }

        server.Installations.Tokens.Should().HaveCount(2);
        (await _meters.ScrapeAsync()).Should().Contain("operation=\"create_installation_token\"").And.Contain("operation=\"get_installation\"");
    }

    public void Dispose()
    {
        _settings?.Dispose();
        _meters.Dispose();
        _metrics.Dispose();
        _folder.Delete(recursive: true);
    }

    private GitHubAccess Open(string github)
    {
        Write(github);
        _settings = PlatformSettingsSource.Start(
            Path.Combine(_folder.FullName, "platform.yaml"), _clock, _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;
        return new GitHubAccess(_settings, _metrics, _clock, GitHubHttp.CreateClient(), "test");
    }

    private void Write(string github, string domain = "acme.dev")
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "platform.yaml"), $"github: {{owner: acme, {github}}}\ningress: {{domain: {domain}}}\n");
        _settings?.Refresh().Should().BeTrue();
    }
}
