using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Idp.Kubernetes.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>Informers against a real API server.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class InformerTest(ControlPlaneFixture controlPlane) : IAsyncLifetime, IDisposable
{
    private static readonly ApplyOptions Somebody = new() { FieldManager = "somebody", Force = true };
    private readonly KubeClient _client = controlPlane.Client;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private string _namespace = "";

    public async Task InitializeAsync() => _namespace = await controlPlane.NewNamespaceAsync();

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(ManualTime.Patience);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task FollowsTheServer_AndSeesOnlyWhatItSelects()
    {
        await ApplyAsync("before", "web");
        await ApplyAsync("foreign", "other");
        var informers = Informers(request => new ClientWatchSource(_client, request));
        informers.Add(WellKnownKinds.ConfigMap, $"ns={_namespace},app=web");
        await RunAsync(informers);
        Names(informers).Should().Equal("before");

        await ApplyAsync("later", "web");
        await Eventually.TrueAsync(() => Names(informers).SequenceEqual(["before", "later"]), "the new one is seen");
        await ApplyAsync("before", "other");
        await Eventually.TrueAsync(() => Names(informers).SequenceEqual(["later"]), "the one that left the selection is gone");
        await _client.DeleteAsync(WellKnownKinds.ConfigMap, Key("later"), new DeleteOptions(), CancellationToken.None);
        await Eventually.TrueAsync(() => Names(informers).Count == 0, "the deleted one is gone");
    }

    [Fact]
    public async Task OwnWrite_IsReadBackAtOnce()
    {
        var informers = Informers(request => new ClientWatchSource(_client, request));
        informers.Add(WellKnownKinds.ConfigMap, $"ns={_namespace}");
        await RunAsync(informers);

        for (var round = 0; round < 50; round++)
        {
            var written = await ApplyAsync("mine", $"round-{round}");
            informers.Observe(written);
            informers.Find(WellKnownKinds.ConfigMap, Key("mine"))!.Metadata.Labels["app"].Should().Be($"round-{round}");
        }

        (await _client.GetAsync(WellKnownKinds.ConfigMap, Key("mine"), CancellationToken.None))
            .Metadata.ResourceVersion.Should().Be(
                informers.Find(WellKnownKinds.ConfigMap, Key("mine"))!.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task MetadataOnly_KeepsNothingElse()
    {
        await ApplyAsync("a", "web");
        var informers = Informers(request => new ClientWatchSource(_client, request));
        informers.Add(WellKnownKinds.ConfigMap, $"ns={_namespace}", metadataOnly: true);
        await RunAsync(informers);

        var found = informers.Find(WellKnownKinds.ConfigMap, Key("a"))!;

        found.Metadata.Labels["app"].Should().Be("web");
        found.ToJson().ContainsKey("data").Should().BeFalse();
    }

    [Fact]
    public async Task RelistFromTheServer_WithObjectGone_TriggersItsKey()
    {
        await ApplyAsync("kept", "web");
        await ApplyAsync("gone", "web");
        Cuttable? source = null;
        var informers = Informers(request => source = new Cuttable(new ClientWatchSource(_client, request)));
        informers.Add(WellKnownKinds.ConfigMap, $"ns={_namespace}");
        var changes = new ConcurrentQueue<StoreChange>();
        informers.All.Single().Store.Subscribe(changes.Enqueue);
        await RunAsync(informers);
        changes.Clear();

        await source!.CutAsync(() =>
            _client.DeleteAsync(WellKnownKinds.ConfigMap, Key("gone"), new DeleteOptions(), CancellationToken.None));

        await Eventually.TrueAsync(() => !changes.IsEmpty, "the deletion in the gap is told");
        var change = changes.Should().ContainSingle().Subject;
        change.Before!.Key.Should().Be(Key("gone"));
        change.After.Should().BeNull();
        source.Dispose();
    }

    [Fact]
    public async Task KindWhoseDefinitionComesLater_IsPickedUpByItself()
    {
        var gadgets = new ResourceKind("later.idp.dev", "v1", "Gadget", "gadgets");
        var time = new ManualTime();
        var informers = new Informers(request =>
            new Informer(request, new ClientWatchSource(_client, request), time, NullLogger.Instance));
        informers.Add(gadgets);
        await RunAsync(informers);
        informers.IsServed(gadgets).Should().BeFalse();
        informers.List(gadgets).Should().BeEmpty();

        await WidgetDefinition.InstallAsync(_client, gadgets);
        await Eventually.TrueAsync(() => CreatesAsync(gadgets), "the server serves the kind");
        await time.TimerWithinAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));

        await Eventually.TrueAsync(() => informers.Find(gadgets, Key("first")) is not null, "the object is seen");
        informers.IsServed(gadgets).Should().BeTrue();
    }

    private async Task<bool> CreatesAsync(ResourceKind kind)
    {
        try
        {
            await _client.CreateAsync(kind, WidgetDefinition.Body(kind, Key("first"), 1), CancellationToken.None);
            return true;
        }
        catch (KindNotFoundException)
        {
            return false;
        }
    }

    private static Informers Informers(Func<InformerRequest, IWatchSource> source) => new(request =>
        new Informer(request, source(request), TimeProvider.System, NullLogger.Instance));

    private async Task RunAsync(Informers informers)
    {
        _running.Add(informers.RunAsync(_stop.Token));
        await informers.WaitForSyncAsync(CancellationToken.None).WaitAsync(ManualTime.Patience);
    }

    private ObjectKey Key(string name) => new(_namespace, name);

    private IReadOnlyList<string> Names(Informers informers) =>
        [.. informers.List(WellKnownKinds.ConfigMap, ObjectIndexer.Label("ns"), _namespace).Select(found => found.Key.Name)];

    private async Task<KubeObject> ApplyAsync(string name, string app)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = _namespace,
                ["labels"] = new JsonObject { ["app"] = app, ["ns"] = _namespace },
            },
            ["data"] = new JsonObject { ["key"] = "value" },
        };
        return (await _client.ApplyAsync(WellKnownKinds.ConfigMap, body, Somebody, CancellationToken.None)).Object;
    }

    /// <summary>A real server whose history can be taken away.</summary>
    private sealed class Cuttable(IWatchSource server) : IWatchSource, IDisposable
    {
        private readonly SemaphoreSlim _gate = new(1);
        private CancellationTokenSource _cut = new();

        public async Task<KubeList> ListPageAsync(string? continueToken, bool anyVersion, CancellationToken cancellationToken)
        {
            await _gate.WaitAsync(cancellationToken);
            _gate.Release();
            return await server.ListPageAsync(continueToken, anyVersion, cancellationToken);
        }

        public async IAsyncEnumerable<WatchEvent> WatchAsync(
            string resourceVersion, TimeSpan serverTimeout, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, cancellationToken);
            await using var events = server.WatchAsync(resourceVersion, serverTimeout, both.Token).GetAsyncEnumerator(both.Token);
            while (await NextAsync(events, cancellationToken))
            {
                yield return events.Current;
            }
        }

        public void Dispose()
        {
            _gate.Dispose();
            _cut.Dispose();
        }

        /// <summary>Ends the watch with 410 Gone; nothing is listed before the work is done.</summary>
        public async Task CutAsync(Func<Task> meanwhile)
        {
            await _gate.WaitAsync();
            using var cut = Interlocked.Exchange(ref _cut, new CancellationTokenSource());
            await cut.CancelAsync();
            await meanwhile();
            _gate.Release();
        }

        private static async Task<bool> NextAsync(IAsyncEnumerator<WatchEvent> events, CancellationToken cancellationToken)
        {
            try
            {
                return await events.MoveNextAsync();
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Objects.Error(410);
            }
        }
    }
}
