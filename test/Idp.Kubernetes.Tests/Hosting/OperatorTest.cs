using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Hosting;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Controllers;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Hosting;

/// <summary>Whole operators against a real API server.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class OperatorTest(ControlPlaneFixture controlPlane) : IAsyncLifetime
{
    private const string Ours = "test.idp.dev/ours";
    private const string Foreign = "example.com/foreign";
    private static readonly ApplyOptions Somebody = new() { FieldManager = "somebody", Force = true };
    private readonly KubeClient _client = controlPlane.Client;
    private readonly List<WebApplication> _hosts = [];
    private string _namespace = "";

    public async Task InitializeAsync()
    {
        _namespace = await controlPlane.NewNamespaceAsync();
        await WidgetDefinition.InstallAsync(_client, Widgets);
        await Eventually.TrueAsync(IsServedAsync, "widgets are served");
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task ChildThatSomebodyChangedOrDeleted_IsRepaired()
    {
        await StartAsync(new WorkLog());
        await CreateAsync("app", size: 3);
        await ChildHasAsync("3");

        var drift = WidgetController.Child(_namespace, "app", "9", null);
        await _client.ApplyAsync(WellKnownKinds.ConfigMap, drift, Somebody, CancellationToken.None);
        await ChildHasAsync("3");

        await _client.DeleteAsync(WellKnownKinds.ConfigMap, At("app"), new DeleteOptions(), CancellationToken.None);
        await ChildHasAsync("3");
    }

    [Fact]
    public async Task Finalizer_IsAdded_Runs_AndLeavesForeignOnesAlone()
    {
        var log = new WorkLog();
        await StartAsync(log);
        await CreateAsync("app", size: 1, Foreign);
        await Eventually.TrueAsync(async () => (await FinalizersAsync("app")).SequenceEqual([Foreign, Ours]), "ours is added last");

        await _client.DeleteAsync(Widgets, At("app"), new DeleteOptions(), CancellationToken.None);
        await Eventually.TrueAsync(async () => (await FinalizersAsync("app")).SequenceEqual([Foreign]), "ours is done");
        log.Finalized.Should().Be(1);

        await _client.PatchAsync(
            Widgets, At("app"), new JsonPatch().Remove("/metadata/finalizers/0"), CancellationToken.None);
        await Eventually.TrueAsync(() => log.Deleted == 1, "the deletion is told");
    }

    [Fact]
    public async Task ObjectThatWasTerminatingBeforeTheStart_IsFinalized()
    {
        await CreateAsync("app", size: 1, Ours);
        await _client.DeleteAsync(Widgets, At("app"), new DeleteOptions(), CancellationToken.None);

        await StartAsync(new WorkLog());

        await Eventually.TrueAsync(
            async () => await _client.FindAsync(Widgets, At("app"), CancellationToken.None) is null, "the object goes");
    }

    [Fact]
    public async Task UnchangedWorld_IsReconciledNoMore()
    {
        var log = new WorkLog();
        await StartAsync(log);
        await CreateAsync("app", size: 1);
        await ChildHasAsync("1");
        await CreateAsync("later", size: 2);
        await Eventually.TrueAsync(() => log.Keys.Contains("later"), "the later one is reconciled");
        var before = log.Keys.Count(key => key == "app");

        await Patch("app", new JsonPatch().Add("/status", new JsonObject { ["seen"] = "yes" }), "status");
        await Patch("later", new JsonPatch().Replace("/spec/size", 3), null);
        await Eventually.TrueAsync(() => log.Sizes.Contains(3), "the change after the status is reconciled");

        log.Keys.Count(key => key == "app").Should().Be(before, "a status is not the user's wish");
    }

    [Fact]
    public async Task SecondReplica_StandsBy_AndTakesOver()
    {
        var log = new WorkLog();
        var first = await StartAsync(log, elect: true);
        await CreateAsync("app", size: 1);
        await ChildHasAsync("1");
        var second = await StartAsync(log, elect: true);
        (await second.GetAsync("/readyz")).Should().Be("200 ok", "a standby is as ready as the leader");

        await first.Host.StopAsync();
        await Patch("app", new JsonPatch().Replace("/spec/size", 2), null);

        await ChildHasAsync("2");
        log.Overlaps.Should().Be(0);
    }

    [Fact]
    public async Task Stop_LetsRunningReconcilesEnd_ThenGivesTheLeaseUp()
    {
        var log = new WorkLog();
        var running = await StartAsync(log, elect: true);
        log.Hold();
        await CreateAsync("app", size: 1);
        await Eventually.TrueAsync(() => log.Running == 1, "the reconcile runs");

        var stopping = running.Host.StopAsync();
        (await HolderAsync()).Should().NotBeEmpty("the work is still going on");
        log.LetGo();
        await stopping;

        log.Cancelled.Should().Be(0);
        (await HolderAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task LostLeadership_CancelsTheWork_AndTheReplicaStandsByAgain()
    {
        var log = new WorkLog();
        await StartAsync(log, elect: true);
        log.Hold();
        await CreateAsync("app", size: 1);
        await Eventually.TrueAsync(() => log.Running == 1, "the reconcile runs");

        await StealLeaseAsync();

        await Eventually.TrueAsync(() => log.Cancelled == 1, "the reconcile is cancelled");
        log.LetGo();
        await Eventually.TrueAsync(() => log.Keys.Count > 1, "it leads again when the thief's lease is over");
    }

    [Fact]
    public async Task LostLeadership_WithWorkThatIgnoresIt_StopsTheProcess()
    {
        var log = new WorkLog { Deaf = true };
        var running = await StartAsync(log, elect: true);
        log.Hold();
        await CreateAsync("app", size: 1);
        await Eventually.TrueAsync(() => log.Running == 1, "the reconcile runs");

        await StealLeaseAsync();

        var life = running.Host.Services.GetRequiredService<IHostApplicationLifetime>();
        await Eventually.TrueAsync(() => life.ApplicationStopping.IsCancellationRequested, "the host stops");
        (await HolderAsync()).Should().Be("thief");
        log.LetGo();
    }

    [Fact]
    public async Task Requeue_ComesBack_AndReachesEveryEntity()
    {
        var log = new WorkLog();
        var running = await StartAsync(log);
        await CreateAsync("a", size: 1);
        await CreateAsync("b", size: 1);
        await Eventually.TrueAsync(() => log.Keys.Distinct().Count() == 2, "both are reconciled");
        await Eventually.TrueAsync(() => log.Running == 0, "nothing runs");
        var before = log.Keys.Count;

        running.Host.Services.GetRequiredService<EntityRequeueAll<Widget>>()(TimeSpan.Zero);

        await Eventually.TrueAsync(() => log.Keys.Skip(before).Distinct().Count() == 2, "both come back");
    }

    private async Task<RunningOperator> StartAsync(WorkLog log, bool elect = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(controlPlane.Config).AddSingleton(log);
        builder.Services
            .AddKubernetesOperator(settings =>
            {
                settings.Name = "test-operator";
                settings.Namespace = _namespace;
                settings.LeaderElectionType = elect ? LeaderElectionType.Single : LeaderElectionType.None;
                (settings.DrainTimeout, settings.LeadershipGrace) = (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
            })
            .AddController<WidgetController, Widget>(widget => widget
                .WithLabelSelector($"ns={_namespace}")
                .Owns(WellKnownKinds.ConfigMap, $"ns={_namespace}"))
            .AddFinalizer<WidgetFinalizer, Widget>(Ours);
        var host = builder.Build();
        host.MapKubernetesHealth();
        _hosts.Add(host);
        await host.StartAsync();
        var running = new RunningOperator(host);
        await Eventually.TrueAsync(async () => await running.GetAsync("/readyz") == "200 ok", "the operator is ready");
        (await running.GetAsync("/healthz")).Should().Be("200 ok");
        return running;
    }

    private ObjectKey At(string name) => new(_namespace, name);

    private async Task CreateAsync(string name, int size, params string[] finalizers)
    {
        var body = WidgetDefinition.Body(Widgets, At(name), size, finalizers);
        body["metadata"]!["labels"] = new JsonObject { ["ns"] = _namespace };
        await _client.CreateAsync(Widgets, body, CancellationToken.None);
    }

    private Task<KubeObject> Patch(string name, JsonPatch patch, string? subresource) =>
        _client.PatchAsync(Widgets, At(name), patch, subresource, CancellationToken.None);

    private async Task<IReadOnlyList<string>> FinalizersAsync(string name) =>
        (await _client.GetAsync(Widgets, At(name), CancellationToken.None)).Metadata.Finalizers;

    private Task ChildHasAsync(string size) => Eventually.TrueAsync(
        async () => (string?)(await _client.FindAsync(WellKnownKinds.ConfigMap, At("app"), CancellationToken.None))
            ?.ToJson()["data"]?["size"] == size,
        $"the child says {size}");

    private async Task<string> HolderAsync()
    {
        var lease = await _client.GetAsync(WellKnownKinds.Lease, At("test-operator"), CancellationToken.None);
        return (string?)lease.ToJson()["spec"]?["holderIdentity"] ?? "";
    }

    private Task<KubeObject> StealLeaseAsync() => _client.PatchAsync(
        WellKnownKinds.Lease,
        At("test-operator"),
        new JsonPatch()
            .Replace("/spec/holderIdentity", "thief")
            .Replace("/spec/renewTime", $"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.ffffffZ}")
            .Replace("/spec/leaseDurationSeconds", 3),
        CancellationToken.None);

    private async Task<bool> IsServedAsync()
    {
        try
        {
            await _client.ListPageAsync(Widgets, new ListOptions(), CancellationToken.None);
            return true;
        }
        catch (KindNotFoundException)
        {
            return false;
        }
    }

    private sealed record RunningOperator(WebApplication Host)
    {
        public async Task<string> GetAsync(string path)
        {
            using var http = new HttpClient { BaseAddress = new Uri(Host.Urls.First()) };
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            return $"{(int)response.StatusCode} {(await response.Content.ReadAsStringAsync()).Trim()}";
        }
    }
}
