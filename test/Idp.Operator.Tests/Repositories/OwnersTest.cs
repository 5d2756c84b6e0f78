using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Operator.Tests.ApplicationEnvironments;
using Idp.Operator.Tests.Observability;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Tests.Repositories;

/// <summary>What a manifest names as an owner costs memory only where it is granted, and only for as long as there is an application of it.</summary>
public sealed class OwnersTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-owners-");
    private readonly ManualTime _clock = new();
    private readonly string _meter = $"Test.Owners.{Guid.NewGuid():N}";
    private readonly OperatorMetrics _metrics;
    private readonly Counted _wire = new();
    private readonly List<KubeObject> _apps = [];
    private readonly PlatformSettingsSource _settings;
    private readonly GoldenPathSource _goldenPaths;
    private readonly GitHubAccess _access;
    private readonly BackendAppObserver _observer;
    private readonly MeterProvider _meters;

    public OwnersTest()
    {
        _metrics = new OperatorMetrics(_meter);
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
        _meters = MetricsEndpoint.Listen(_meter);
        var apps = new KnownObjects(_apps);
        _observer = new BackendAppObserver(
            apps,
            new RepositoryObserver(_access, new MemoryOwnership(), _settings, _clock),
            _settings,
            _goldenPaths,
            new RolloutTurns(apps, _settings, _goldenPaths, _clock));
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
        using var unused = await StartAsync();
        for (var number = 0; number < 1_000; number++)
        {
            await ComeAsync($"owner-{number}");
        }

        _apps.Clear();
        await ComeAsync("owner-0");
        _access.LetGo(_ => false);
        _access.Count.Should().Be(1_000, "who makes and deletes applications does not get new limits by it");
        _clock.Advance(TimeSpan.FromHours(2));
        await TickAsync();

        _access.Count.Should().Be(1, "of one of them there is an application");
        (await _meters.ScrapeAsync()).Should().Contain("credential=\"owner-0\"").And.NotContain("credential=\"owner-1\"");
    }

    [Theory]
    [InlineData("repository")]
    [InlineData("deploymentRepository")]
    public async Task OneThatARepositoryWasTransferredTo_StaysForAsLongAsItHasIt(string which)
    {
        using var unused = await StartAsync();
        await ComeAsync("old", new JsonObject { [which] = new JsonObject { ["owner"] = "New", ["id"] = 1 } });
        _access.For("new");
        _clock.Advance(TimeSpan.FromHours(2));
        await TickAsync();
        _access.Count.Should().Be(2);

        _apps.Clear();
        await TickAsync();

        _access.Count.Should().Be(0);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _access.Dispose();
        _goldenPaths.Dispose();
        _settings.Dispose();
        _metrics.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<UnusedOwners> StartAsync()
    {
        var unused = new UnusedOwners(_access, new KnownObjects(_apps), _settings, _clock);
        await unused.StartAsync(CancellationToken.None);
        return unused;
    }

    private async Task TickAsync()
    {
        await _clock.TimerWithinAsync(UnusedOwners.Interval);
        _clock.Advance(UnusedOwners.Interval);
        await _clock.TimerWithinAsync(UnusedOwners.Interval);
    }

    private async Task ComeAsync(string owner, JsonObject? status = null)
    {
        var app = Live("team-wide", owner, status);
        _apps.Add(app);
        await _observer.ObserveAsync(app.Deserialize(BackendApp.JsonType), CancellationToken.None);
        _metrics.QuotaSeen(new GitHubQuota(owner, 5_000, 4_999, _clock.GetUtcNow()));
    }

    private static BackendApp App(string home, string owner) => Live(home, owner).Deserialize(BackendApp.JsonType);

    private static KubeObject Live(string home, string owner, JsonObject? status = null) => KubeObject.From(BackendApp.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = owner, ["namespace"] = home, ["uid"] = owner, ["generation"] = 1 },
        ["spec"] = new JsonObject { ["repository"] = new JsonObject { ["owner"] = owner, ["deployment"] = "Separate" } },
        ["status"] = status,
    });

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
