using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>What the servers tell of changes.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class WatchServerTest(ControlPlaneFixture controlPlane)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task AWatch_TellsEveryChangeInOrder_AndNothingOfOtherNamespaces(TestServer on)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var server = await controlPlane.OnAsync(on);
        var kind = await controlPlane.NewKindAsync("watched", on: on);
        var key = new ObjectKey(await server.NewNamespaceAsync(), "one");
        var from = (await server.Client.ListPageAsync(kind, new ListOptions { Namespace = key.Namespace }, Never)).ResourceVersion;

        await server.Client.CreateAsync(kind, Named(kind, key), Never);
        await server.Client.PatchAsync(kind, key, new JsonPatch().Add("/spec", new JsonObject { ["size"] = 2 }), Never);
        await server.Client.DeleteAsync(kind, key, new DeleteOptions(), Never);
        await server.Client.CreateAsync(kind, Named(kind, key with { Namespace = await server.NewNamespaceAsync() }), Never);
        var events = new List<WatchEvent>();
        while (events.Count < 3)
        {
            var options = Options(key.Namespace, events.Count == 0 ? from : events[^1].ResourceVersion, seconds: 1);
            await using var stream = await server.Client.WatchAsync(kind, options, patience.Token);
            await ReadAsync(stream, events, patience.Token);
        }

        events.Select(each => each.Type).Should().Equal(WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted);
        events.Select(each => long.Parse(each.ResourceVersion, CultureInfo.InvariantCulture)).Should().BeInAscendingOrder();
    }

    /// <summary>A server sends one every minute, and one two seconds before it ends a watch: a quiet watch need not begin with a list again.</summary>
    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task AWatchInWhichNothingHappens_GetsABookmark_OfWhatHappenedElsewhere(TestServer on)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var server = await controlPlane.OnAsync(on);
        var kind = await controlPlane.NewKindAsync("marked", on: on);
        var quiet = await server.NewNamespaceAsync();
        var from = (await server.Client.ListPageAsync(kind, new ListOptions { Namespace = quiet }, Never)).ResourceVersion;
        var elsewhere = new ObjectKey(await server.NewNamespaceAsync(), "one");

        var events = new List<WatchEvent>();
        var version = "";
        while (events.Count == 0)
        {
            // A watch is told only of what came after its beginning.
            await using var stream = await server.Client.WatchAsync(kind, Options(quiet, from, seconds: 4), patience.Token);
            version = (await server.Client.CreateAsync(kind, Named(kind, elsewhere), Never)).Metadata.ResourceVersion;
            await ReadAsync(stream, events, patience.Token);
            await server.Client.DeleteAsync(kind, elsewhere, new DeleteOptions(), Never);
        }

        events.Should().OnlyContain(each => each.Type == WatchEventType.Bookmark);
        long.Parse(events[^1].ResourceVersion, CultureInfo.InvariantCulture).Should()
            .BeGreaterThanOrEqualTo(long.Parse(version, CultureInfo.InvariantCulture));
    }

    private static WatchOptions Options(string inNamespace, string from, int seconds) =>
        new() { Namespace = inNamespace, ResourceVersion = from, ServerTimeout = TimeSpan.FromSeconds(seconds) };

    private static async Task ReadAsync(WatchStream stream, List<WatchEvent> events, CancellationToken cancellationToken)
    {
        await foreach (var told in stream.WithCancellation(cancellationToken))
        {
            events.Add(told);
        }
    }

    private static JsonObject Named(ResourceKind kind, ObjectKey key) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
    };
}
