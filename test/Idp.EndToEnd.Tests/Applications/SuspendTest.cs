using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Applications;

/// <summary>A pause stops every change, shows, and never stops a deletion.</summary>
[Collection(SharedWorld.Name)]
public sealed class SuspendTest(Platform platform)
{
    private const string Running = """
        description: As the manifest says.
        replicas: 1
        environments: [{name: staging}]
        """;

    private const string Suspended = """
        description: As the manifest says.
        replicas: 1
        environments: [{name: staging}]
        suspend: true
        """;

    [Fact]
    public async Task NothingIsWrittenWhileSuspendedAndResumingRepairs()
    {
        var app = await platform.NewAppAsync("paused");
        await app.MakeAsync(Running);
        await app.ApplyAsync(Suspended);
        await platform.Watching.UntilAsync(
            Kinds.Environment, app.Team, app.In("staging"), "paused", item => item.Is(Conditions.Paused));
        await app.ReconcileAsync();
        var paused = await app.GetAsync();

        await SpoilAsync(app);
        await app.ReconcileAsync();

        paused.Is(Conditions.Paused).Should().BeTrue();
        paused.Is(Conditions.Ready).Should().BeTrue("a pause takes nothing away");
        (await QuotaOf(app)).TextAt("spec", "hard", "pods").Should().Be("7");
        (await platform.FindAsync(WellKnownKinds.NetworkPolicy, app.In("staging"), "idp-isolation")).Should().BeNull();
        (await platform.GitHub.FindAsync("paused")).TextAt("description").Should().Be("As a stranger says.");

        await app.ApplyAsync(Running);
        await app.UntilAsync("resumed", item => item.Is(Conditions.Ready) && item.Condition(Conditions.Paused) is null);
        await platform.Watching.UntilAsync(
            WellKnownKinds.ResourceQuota, app.In("staging"), "idp-quota", "restored", item => item.TextAt("spec", "hard", "pods") == "50");
        await platform.Watching.UntilAsync(WellKnownKinds.NetworkPolicy, app.In("staging"), "idp-isolation", "made again", _ => true);
        (await platform.GitHub.FindAsync("paused")).TextAt("description").Should().Be("As the manifest says.");
    }

    [Fact]
    public async Task ASuspendedManifestIsNotBegun()
    {
        var app = await platform.NewAppAsync("unbegun");

        await app.ApplyAsync(Suspended);

        await app.UntilAsync("paused", item => item.Is(Conditions.Paused));
        await app.ReconcileAsync();
        (await platform.GitHub.ExistsAsync("unbegun")).Should().BeFalse();
        (await app.ChildrenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ASuspendedApplicationCanBeDeleted()
    {
        var app = await platform.NewAppAsync("paused-goner");
        await app.MakeAsync(Running);
        await app.ApplyAsync(Suspended);
        await app.UntilAsync("paused", item => item.Is(Conditions.Paused));

        await app.DeleteAsync();

        (await app.ChildrenAsync()).Should().BeEmpty();
    }

    private async Task SpoilAsync(TestApp app)
    {
        var home = app.In("staging");
        var patch = new JsonPatch().Replace("/spec/hard/pods", "7");
        await platform.Client.PatchAsync(WellKnownKinds.ResourceQuota, new ObjectKey(home, "idp-quota"), patch, CancellationToken.None);
        await platform.Client.DeleteAsync(
            WellKnownKinds.NetworkPolicy, new ObjectKey(home, "idp-isolation"), new DeleteOptions(), CancellationToken.None);
        await platform.GitHub.SendAsync(HttpMethod.Patch, $"repos/acme/{app.Name}", """{"description": "As a stranger says."}""");
    }

    private Task<JsonObject> QuotaOf(TestApp app) => platform.GetAsync(WellKnownKinds.ResourceQuota, app.In("staging"), "idp-quota");
}
