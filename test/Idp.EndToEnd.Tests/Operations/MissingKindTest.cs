using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>A kind that is not installed is a dependency like others: said, waited for, and taken up when it comes.</summary>
[Collection(QuietWorld.Name)]
public sealed class MissingKindTest(Platform platform)
{
    private const string Definition = "externalsecrets.external-secrets.io";

    [Fact]
    public async Task AnApplicationWaitsForAKindThatIsNotInstalledAndNeedsNoHelpWhenItIs()
    {
        var definition = await platform.GetAsync(WellKnownKinds.CustomResourceDefinition, "", Definition);
        await platform.Client.DeleteAsync(
            WellKnownKinds.CustomResourceDefinition, new ObjectKey("", Definition), new DeleteOptions(), CancellationToken.None);
        await platform.Watching.UntilGoneAsync(WellKnownKinds.CustomResourceDefinition, "", Definition);

        var app = await platform.NewAppAsync("early");
        await app.ApplyAsync(Specs.Everything(app.Team));
        var waiting = await app.UntilAsync(
            "waiting for the kind",
            item => item.Condition(Conditions.EnvironmentsReady).TextAt("reason") == Reasons.DependencyMissing);
        var ready = await platform.FindAsync(ForeignKinds.Cluster, app.In("staging"), "early-db");
        await platform.Client.CreateAsync(WellKnownKinds.CustomResourceDefinition, Anew(definition), CancellationToken.None);

        waiting.Condition(Conditions.Ready).TextAt("message").Should().Contain("ExternalSecret.external-secrets.io");
        waiting.Is(Conditions.Stalled).Should().BeFalse("it goes on by itself");
        ready.Should().NotBeNull("one missing kind does not keep the others back");
        await app.UntilReadyAsync();
        await platform.GetAsync(ForeignKinds.ExternalSecret, app.In("staging"), "early-secrets");
    }

    private static JsonObject Anew(JsonObject definition) => new()
    {
        ["apiVersion"] = definition.TextAt("apiVersion"),
        ["kind"] = definition.TextAt("kind"),
        ["metadata"] = new JsonObject { ["name"] = Definition },
        ["spec"] = definition.At("spec")!.DeepClone(),
    };
}
