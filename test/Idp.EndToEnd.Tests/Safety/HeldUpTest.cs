using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>What others hold with their finalizers: our part is done, the state says who is waited for, and nobody runs in circles.</summary>
[Collection(FaultyWorld.Name)]
public sealed class HeldUpTest(FaultyPlatform platform)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task ForeignFinalizersBeforeOursAreNamedOnTheirWayDownAndUp()
    {
        const string OnSecret = "hold.example.com/secret", OnEnvironment = "hold.example.com/environment", OnApp = "hold.example.com/app";
        var app = await platform.NewAppAsync("held");
        await app.MakeAsync(Specs.Everything(app.Team).Replace("storage: 5Gi", "storage: 5Gi\n  deletionPolicy: Delete", StringComparison.Ordinal));
        var home = app.In("staging");
        await HoldAsync(ForeignKinds.ExternalSecret, new ObjectKey(home, "held-secrets"), OnSecret);
        await HoldAsync(Kinds.Environment, new ObjectKey(app.Team, home), OnEnvironment);
        await HoldAsync(Kinds.BackendApp, new ObjectKey(app.Team, app.Name), OnApp);

        await platform.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(app.Team, app.Name), new DeleteOptions(), CancellationToken.None);

        await UntilBothSayAsync(app, $"ExternalSecret.external-secrets.io {home}/held-secrets", OnSecret);
        await ExpectQuietAsync();
        (await platform.FindAsync(WellKnownKinds.Namespace, "", home)).Should().NotBeNull("what comes after waits");

        await LetGoAsync(ForeignKinds.ExternalSecret, new ObjectKey(home, "held-secrets"));
        await UntilBothSayAsync(app, "The operator is done", OnEnvironment);
        await ExpectQuietAsync();
        (await platform.FindAsync(WellKnownKinds.Namespace, "", home)).Should().BeNull("our part is done, whoever stood before us");
        (await platform.GetAsync(Kinds.Environment, app.Team, home)).TextsAt("metadata", "finalizers").Should().Equal(OnEnvironment);

        await LetGoAsync(Kinds.Environment, new ObjectKey(app.Team, home));
        await app.UntilAsync("done with", item => Says(item, "The operator is done") && Says(item, OnApp));
        await app.UntilAsync("let go by us", item => item.TextsAt("metadata", "finalizers").SequenceEqual([OnApp]));
        await ExpectQuietAsync();

        await LetGoAsync(Kinds.BackendApp, new ObjectKey(app.Team, app.Name));
        await platform.Watching.UntilGoneAsync(Kinds.BackendApp, app.Team, app.Name);
        (await app.ChildrenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ANamespaceThatIsStuckInTerminatingIsWaitedForWithItsOwnWords()
    {
        const string Holder = "hold.example.com/configuration";
        var app = await platform.NewAppAsync("stuck");
        await app.MakeAsync(Specs.Small);
        var (home, key) = (app.In("staging"), new ObjectKey(app.In("staging"), "theirs"));
        var before = (await platform.GetAsync(WellKnownKinds.Namespace, "", home)).TextAt("metadata", "uid");
        await platform.KubectlAsync("create", "configmap", key.Name, "-n", home);
        await HoldAsync(WellKnownKinds.ConfigMap, key, Holder);

        await platform.Client.DeleteAsync(WellKnownKinds.Namespace, new ObjectKey("", home), new DeleteOptions(), CancellationToken.None);

        var told = await app.UntilAsync("waiting for the namespace", item => Says(item, Holder));
        told.Condition(Conditions.Ready).TextAt("reason").Should().Be(Reasons.DependencyNotReady);
        told.Condition(Conditions.Ready).TextAt("message").Should().Contain($"Namespace {home} is being deleted").And.Contain("finalizers remaining");
        await ExpectQuietAsync();

        await LetGoAsync(WellKnownKinds.ConfigMap, key);
        await platform.Watching.UntilAsync(
            WellKnownKinds.Namespace, "", home, "made again", item => item.TextAt("metadata", "uid") != before);
        await app.UntilReadyAsync();
    }

    private static bool Says(JsonObject item, string text) =>
        item.Condition(Conditions.Ready).TextAt("message")?.Contains(text, StringComparison.Ordinal) == true;

    /// <summary>The environment says it, and its application in turn.</summary>
    private async Task UntilBothSayAsync(TestApp app, params string[] texts)
    {
        await platform.Watching.UntilAsync(
            Kinds.Environment, app.Team, app.In("staging"), $"waiting for {texts[^1]}", item => texts.All(text => Says(item, text)));
        await app.UntilAsync($"waiting for {texts[^1]}", item => texts.All(text => Says(item, text)));
    }

    // That nothing happens takes a while to see. What holds things up may still change its words for a while, and those are passed on; who
    // writes without end is never quiet.
    private async Task ExpectQuietAsync()
    {
        IReadOnlyList<string> written = [];
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await platform.UntilIdleAsync();
            var mark = platform.Proxy.LastNumber;
            using var window = new PeriodicTimer(Window);
            await window.WaitForNextTickAsync(CancellationToken.None);
            written = platform.WritesAfter(mark);
            if (written.Count == 0)
            {
                return;
            }
        }

        written.Should().BeEmpty();
    }

    private Task<KubeObject> HoldAsync(ResourceKind kind, ObjectKey key, string finalizer) => ChangeAsync(
        kind, key, finalizers => [finalizer, .. finalizers]);

    private Task<KubeObject> LetGoAsync(ResourceKind kind, ObjectKey key) => ChangeAsync(
        kind, key, finalizers => finalizers.Where(finalizer => !finalizer.StartsWith("hold.example.com/", StringComparison.Ordinal)));

    private async Task<KubeObject> ChangeAsync(ResourceKind kind, ObjectKey key, Func<IReadOnlyList<string>, IEnumerable<string>> change)
    {
        var live = (await platform.GetAsync(kind, key.Namespace, key.Name)).TextsAt("metadata", "finalizers");
        var wanted = new JsonArray([.. change([.. live]).Select(finalizer => (JsonNode?)finalizer)]);
        return await platform.Client.PatchAsync(kind, key, new JsonPatch().Add("/metadata/finalizers", wanted), CancellationToken.None);
    }
}
