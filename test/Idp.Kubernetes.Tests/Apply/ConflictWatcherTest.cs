using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>What stands in the way of ours brings back who waits when it goes, or may have become ours; nothing else does.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class ConflictWatcherTest(ControlPlaneFixture controlPlane) : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly ObjectKey Waiting = new("team", "shop-staging");
    private readonly ConflictWatcher _watcher = new(controlPlane.Client, NullLogger<ConflictWatcher>.Instance);
    private int _looks;

    [Fact]
    public async Task OneThatIsDeleted_BringsBackWhoWaits_AndItsNeighbourDoesNot()
    {
        var (obstacle, neighbour) = (await MakeAsync("one"), await MakeAsync("other"));
        Watch(obstacle);

        await controlPlane.Client.DeleteAsync(neighbour.Kind, neighbour.Key, new DeleteOptions(), Never);
        await PatchAsync(obstacle, new JsonPatch().Add("/data", new JsonObject { ["a"] = "changed" }));
        (_watcher.Count, Volatile.Read(ref _looks)).Should().Be((1, 0));
        await controlPlane.Client.DeleteAsync(obstacle.Kind, obstacle.Key, new DeleteOptions(), Never);

        await Eventually.TrueAsync(() => Volatile.Read(ref _looks) == 1, "a look after the deletion");
        _watcher.Count.Should().Be(0);
    }

    [Fact]
    public async Task OneThatGetsOtherLabels_BringsBackWhoWaits()
    {
        var obstacle = await MakeAsync("handed-over");
        Watch(obstacle);

        await PatchAsync(obstacle, new JsonPatch().Add("/metadata/labels", new JsonObject { ["idp.dev/environment"] = "shop-staging" }));

        await Eventually.TrueAsync(() => Volatile.Read(ref _looks) == 1, "a look after the labels");
    }

    [Fact]
    public async Task OneThatIsGoneAlready_BringsBackWhoWaits()
    {
        var obstacle = await MakeAsync("gone");
        await controlPlane.Client.DeleteAsync(obstacle.Kind, obstacle.Key, new DeleteOptions(), Never);

        Watch(obstacle);

        await Eventually.TrueAsync(() => Volatile.Read(ref _looks) == 1, "a look");
    }

    [Fact]
    public async Task WhoWaitsIsKnownOnce_AndThereAreNeverTooMany()
    {
        var obstacle = await MakeAsync("crowded");
        Watch(obstacle);
        Watch(obstacle);
        _watcher.Count.Should().Be(1);

        for (var number = 0; number < 2 * ConflictWatcher.Most; number++)
        {
            _watcher.Watch(obstacle, Waiting with { Name = $"waiting-{number}" }, () => Interlocked.Increment(ref _looks));
        }

        _watcher.Count.Should().Be(ConflictWatcher.Most);
        await controlPlane.Client.DeleteAsync(obstacle.Kind, obstacle.Key, new DeleteOptions(), Never);
        await Eventually.TrueAsync(() => Volatile.Read(ref _looks) == ConflictWatcher.Most, "a look of everybody who is known");
    }

    public void Dispose() => _watcher.Dispose();

    private void Watch(KubeObject obstacle) => _watcher.Watch(obstacle, Waiting, () => Interlocked.Increment(ref _looks));

    private async Task<KubeObject> MakeAsync(string name) => await controlPlane.Client.CreateAsync(
        WellKnownKinds.ConfigMap,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = await controlPlane.NewNamespaceAsync() },
        },
        Never);

    private Task<KubeObject> PatchAsync(KubeObject obstacle, JsonPatch patch) => controlPlane.Client.PatchAsync(obstacle.Kind, obstacle.Key, patch, Never);
}
