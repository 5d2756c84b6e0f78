using Idp.Kubernetes.Model;
using Idp.Sandbox.Tests.World;
using Idp.Sandbox.Yaml;
using Idp.Testing.Crash;

namespace Idp.Sandbox.Tests.Crash;

[Collection(WorldCollection.Name)]
public sealed class WorldReaderTest(WorldFixture world)
{
    private static readonly CrashApp App = new(101, DeletionPolicy.Delete);
    private static readonly CrashApp Other = new(102, DeletionPolicy.Delete);

    [Fact]
    public async Task SeesEveryNewObjectAndLeavesOutWhatWasThereAndWhatIsOfOtherApplications()
    {
        await world.ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: older}}");
        var reader = await WorldReader.StartAsync(world.Sandbox, CancellationToken.None);
        await world.Sandbox.CreateNamespaceAsync(App.Team, CancellationToken.None);
        await world.Sandbox.CreateNamespaceAsync(Other.Team, CancellationToken.None);
        await world.ApplyAsync($$"""{apiVersion: v1, kind: ConfigMap, metadata: {name: {{App.Name}}-made, namespace: {{App.Team}} } }""");
        await world.ApplyAsync("{apiVersion: v1, kind: ConfigMap, metadata: {name: lost, namespace: older}}");

        var found = await reader.ReadAsync(App, CancellationToken.None);

        found.Names.Should().Contain(["Namespace team-APP", "ConfigMap team-APP/APP-made", "ConfigMap older/lost"]);
        found.Names.Should().NotContain(name => name == "Namespace older" || name.Contains(Other.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnEventThatIsToldTwiceIsSeenAndOneThatIsCountedIsNot()
    {
        var reader = await WorldReader.StartAsync(world.Sandbox, CancellationToken.None);
        var app = new CrashApp(103, DeletionPolicy.Delete);
        await world.Sandbox.CreateNamespaceAsync(app.Team, CancellationToken.None);
        await TellAsync(app, "one", "Ready");
        await TellAsync(app, "two", "Progressing");
        var before = await reader.ReadAsync(app, CancellationToken.None);
        await TellAsync(app, "three", "Ready");

        var after = await reader.ReadAsync(app, CancellationToken.None);

        before.Names.Should().NotContain(name => name.StartsWith("Event", StringComparison.Ordinal));
        before.Differences(after).Should().Contain(
            "left over or doubled: Event told 2 times: BackendApp APP Normal Ready: All is well with APP.");
    }

    private Task<KubeObject> TellAsync(CrashApp app, string name, string reason) => world.Client.CreateAsync(
        WellKnownKinds.Event,
        YamlText.ReadObjects($$"""
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: {{name}}, namespace: {{app.Team}} }
            eventTime: "2026-03-01T10:20:30.000000Z"
            reportingController: idp-operator
            reportingInstance: x
            action: Reconcile
            type: Normal
            reason: {{reason}}
            note: All is well with {{app.Name}}.
            regarding: {apiVersion: idp.dev/v1alpha1, kind: BackendApp, name: {{app.Name}}, namespace: {{app.Team}} }
            """)[0],
        CancellationToken.None);
}
