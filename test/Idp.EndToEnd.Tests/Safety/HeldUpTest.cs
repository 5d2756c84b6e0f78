using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>What others hold with their finalizers: our part is done, the state says who is waited for, and nobody runs in circles.</summary>
[Collection(FaultyWorld.OfWatches)]
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
        await ExpectQuietAsync(() => WordsOfOthersAsync(home));

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

    // That nothing happens takes a while to see.
    private async Task ExpectQuietAsync() => (await WrittenAsync()).Should().BeEmpty();

    /// <summary>Nothing is written but what passes on the words of others, which may still change for a while.</summary>
    private async Task ExpectQuietAsync(Func<Task<string>> words)
    {
        for (var before = await words(); ;)
        {
            var written = await WrittenAsync();
            var now = await words();
            if (now == before)
            {
                written.Should().BeEmpty("nothing has changed that could be passed on");
                return;
            }

            before = now;
        }
    }

    private async Task<IReadOnlyList<string>> WrittenAsync()
    {
        await platform.UntilIdleAsync();
        var mark = platform.Proxy.LastNumber;
        using var window = new PeriodicTimer(Window);
        await window.WaitForNextTickAsync(CancellationToken.None);
        return platform.WritesAfter(mark);
    }

    /// <summary>What Kubernetes says of a namespace, and Argo CD of what is deployed to it.</summary>
    private async Task<string> WordsOfOthersAsync(string home) =>
        $"{(await platform.FindAsync(WellKnownKinds.Namespace, "", home))?["status"]?.ToJsonString()}"
        + $"{(await platform.FindAsync(ForeignKinds.Application, "argocd", home))?["status"]?.ToJsonString()}";

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
