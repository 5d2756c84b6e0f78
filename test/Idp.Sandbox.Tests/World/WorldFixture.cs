using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.World;

/// <summary>A whole sandbox without an operator, for all tests that need a real API server.</summary>
public sealed class WorldFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _directory = Directory.CreateTempSubdirectory("sandbox-test-").FullName;

    public Idp.Sandbox.World.Sandbox Sandbox { get; private set; } = null!;

    public KubeClient Client => Sandbox.Client;

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        Sandbox = await Idp.Sandbox.World.Sandbox.StartAsync(
            new SandboxOptions { Directory = _directory }, patience.Token);
    }

    public async Task DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_directory, Guid.NewGuid().ToString("N"))).FullName;

    public async Task<KubeObject> ApplyAsync(string yaml) =>
        await Sandbox.ApplyAsync(YamlText.ReadObjects(yaml)[0], CancellationToken.None);

    public async Task<KubeObject> GetAsync(ResourceKind kind, string @namespace, string name) =>
        await Client.GetAsync(kind, new ObjectKey(@namespace, name), CancellationToken.None);

    /// <summary>Watches one object, or with an empty name any of the namespace, until it is as it should be; the test fails with its last state after half a minute.</summary>
    public async Task<JsonObject> UntilAsync(ResourceKind kind, string @namespace, string name, Func<JsonObject, bool> condition)
    {
        JsonObject? last = null;
        await FollowAsync(kind, @namespace, name, item => (last = item) is not null && condition(last), () => $"{last}");
        return last!;
    }

    /// <summary>Watches one object until it is gone.</summary>
    public Task UntilGoneAsync(ResourceKind kind, string @namespace, string name) =>
        FollowAsync(kind, @namespace, name, item => item is null, () => "still there");

    private async Task FollowAsync(
        ResourceKind kind, string @namespace, string name, Func<JsonObject?, bool> isDone, Func<string> describe)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var field = name.Length == 0 ? null : $"metadata.name={name}";
            var list = await Client.ListPageAsync(
                kind, new ListOptions { Namespace = @namespace, FieldSelector = field }, patience.Token);
            var done = isDone(list.Items.Count == 0 ? null : list.Items[0].ToJson());
            var options = new WatchOptions
            {
                Namespace = @namespace,
                FieldSelector = field,
                ResourceVersion = list.ResourceVersion,
            };
            await using var stream = await Client.WatchAsync(kind, options, patience.Token);
            await using var changes = stream.GetAsyncEnumerator(patience.Token);
            while (!done && await changes.MoveNextAsync())
            {
                var change = changes.Current;
                done = change.Type != WatchEventType.Bookmark
                    && isDone(change.Type == WatchEventType.Deleted ? null : change.Object.ToJson());
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"{kind} {@namespace}/{name} did not become as expected: {describe()}");
        }
    }

    internal static bool IsReady(JsonObject item) =>
        ForeignConditions.Find(item["status"], "Ready").TextAt("status") == "True";
}
