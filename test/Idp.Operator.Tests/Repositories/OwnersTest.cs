using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Operator.Tests.ApplicationEnvironments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.Repositories;

/// <summary>What a manifest names as an owner costs memory only where it is granted, and only for as long as there is an application of it.</summary>
public sealed class OwnersTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-owners-");
    private readonly ManualTime _clock = new();
    private readonly OperatorMetrics _metrics = new($"Test.Owners.{Guid.NewGuid():N}");
    private readonly Counted _wire = new();
    private readonly PlatformSettingsSource _settings;
    private readonly GoldenPathSource _goldenPaths;
    private readonly GitHubAccess _access;
    private readonly BackendAppObserver _observer;

    public OwnersTest()
    {
        var platform = Path.Combine(_folder.FullName, "platform.yaml");
        File.WriteAllText(
            platform,
            $$"""
            github: {owner: acme, app: {id: "1", privateKeyFile: "{{Path.Combine(_folder.FullName, "none")}}"} }
            goldenPaths: {directories: ["{{Settings.Repository.File("golden-paths")}}"]}
            ingress: {domain: apps.acme.dev}
            teams: [{namespace: team-wide, githubOwners: ["*"]}, {namespace: "*"}]
            """);
        _settings = PlatformSettingsSource.Start(platform, _clock, _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;
        _goldenPaths = GoldenPathSource.Start(_settings, _clock, NullLogger<GoldenPathSource>.Instance).Value!;
        _access = new GitHubAccess(_settings, _metrics, _clock, new HttpClient(_wire), "owners-test");
        _observer = new BackendAppObserver(
            new KnownObjects(), new RepositoryObserver(_access, new MemoryOwnership(), _settings, _clock), _settings, _goldenPaths, _clock);
    }

    [Fact]
    public async Task TenThousandThatAreNotGranted_CostNoClientAndNoRequest()
    {
        for (var number = 0; number < 10_000; number++)
        {
            await _observer.ObserveAsync(App("team-narrow", $"owner-{number}"), CancellationToken.None);
        }

        _access.Count.Should().Be(0);
        _wire.Count.Should().Be(0);
    }

    [Fact]
    public async Task OneThatIsGranted_GoesWithItsLastApplication_OnceNothingItSpentCounts()
    {
        for (var number = 0; number < 1_000; number++)
        {
            await ComeAndGoAsync($"owner-{number}");
        }

        _access.Count.Should().Be(1_000, "who makes and deletes applications does not get new limits by it");
        _clock.Advance(TimeSpan.FromHours(2));
        await ComeAndGoAsync("another");

        _access.Count.Should().Be(1);
    }

    public void Dispose()
    {
        _access.Dispose();
        _goldenPaths.Dispose();
        _settings.Dispose();
        _metrics.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ComeAndGoAsync(string owner)
    {
        var app = App("team-wide", owner);
        await _observer.ObserveAsync(app, CancellationToken.None);
        _observer.Drop(app);
    }

    private static BackendApp App(string home, string owner) => KubeObject.From(BackendApp.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "app", ["namespace"] = home, ["uid"] = owner, ["generation"] = 1 },
        ["spec"] = new JsonObject { ["repository"] = new JsonObject { ["owner"] = owner } },
    }).Deserialize(BackendApp.JsonType);

    private sealed class Counted : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            throw new HttpRequestException("There is no network here.");
        }
    }
}
