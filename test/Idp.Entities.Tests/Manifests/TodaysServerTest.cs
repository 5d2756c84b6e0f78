using System.Text.Json.Nodes;
using Idp.Entities.Tests.Validation;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What only servers of today do with our kinds: rules on changes, strictness, patience with what was stored before a rule.</summary>
[Collection(ServerCollection.Name)]
public sealed class TodaysServerTest(ServerWithKinds server)
{
    /// <summary>The kind, what of it is changed, and to what.</summary>
    public static TheoryData<string, string, string> FixedFields => new()
    {
        { "BackendApp", "/spec/repository/owner", "\"other\"" },
        { "BackendApp", "/spec/repository/name", "\"other\"" },
        { "BackendApp", "/spec/repository/deployment", "\"InRepository\"" },
        { "ApplicationEnvironment", "/spec/application", "\"other\"" },
        { "ApplicationEnvironment", "/spec/namespace", "\"other\"" },
    };

    [Theory]
    [OnCrdServer(nameof(FixedFields))]
    public async Task AFieldThatIsFixedCannotBeChanged(TestServer on, string kind, string place, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        var manifest = await StoredAsync(client, kind, "fixed", limit.Token);
        var field = place[1..].Replace('/', '.');

        manifest.Set(place, JsonNode.Parse(value));
        var refusal = await ApplyAsync(client, manifest, limit.Token);

        refusal.Should().NotBeNull();
        refusal!.Faults.Should().Contain(fault => fault.IsAround(field) && fault.Message.Contains("cannot be changed"), "{0}", refusal);
    }

    [Theory]
    [OnCrdServer(nameof(RuleCostTest.Kinds), MemberType = typeof(RuleCostTest))]
    public async Task AMisspeltFieldIsRefusedAndNamed(TestServer on, string kind)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        var manifest = Good(kind, "misspelt");
        manifest["spec"]!["replica"] = 3;

        var refusal = await Refusal.OfAsync(() => client.CreateAsync(ServerWithKinds.KindOf(manifest), manifest, limit.Token));

        refusal.Should().NotBeNull();
        refusal!.Faults.Should().Contain(fault => fault.IsIn("spec.replica"), "{0}", refusal);
    }

    /// <summary>An object from before a bound was narrowed can still be edited elsewhere and reported on; the field itself has to be mended once it is touched.</summary>
    [Theory]
    [OnCrdServer]
    public async Task WhatWasStoredBeforeABoundStaysUsable(TestServer on)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        var definition = ServerWithKinds.Definitions().Single(each => (string?)each["spec"]!["names"]!["kind"] == "BackendApp");
        var replicas = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!["properties"]!["replicas"]!;
        var most = (long)replicas["maximum"]!;
        var manifest = Good("BackendApp", "many");
        manifest["spec"]!["replicas"] = most + 1;

        replicas["maximum"] = most + 1;
        await DefineAsync(client, definition, limit.Token);
        await UntilAsync(async () => await ApplyAsync(client, manifest, limit.Token) is null, limit.Token);
        replicas["maximum"] = most;
        await DefineAsync(client, definition, limit.Token);
        await UntilAsync(async () => await TryAsync(client, manifest, "other", limit.Token) is not null, limit.Token);

        manifest["spec"]!["description"] = "Edited.";
        (await ApplyAsync(client, manifest, limit.Token)).Should().BeNull();
        (await ReportAsync(client, manifest, limit.Token)).Should().BeNull();
        manifest["spec"]!["replicas"] = most + 2;
        (await ApplyAsync(client, manifest, limit.Token))!.Faults.Should().Contain(fault => fault.IsIn("spec.replicas"));
    }

    private static JsonObject Good(string kind, string name)
    {
        var manifest = JsonNode.Parse(kind == "BackendApp" ? GoodManifests.BackendApp : GoodManifests.ApplicationEnvironment)!.AsObject();
        manifest["metadata"]!["name"] = name;
        manifest["metadata"]!["namespace"] = "today";
        return manifest;
    }

    private static async Task<JsonObject> StoredAsync(KubeClient client, string kind, string name, CancellationToken cancellationToken)
    {
        var manifest = Good(kind, name);
        (await ApplyAsync(client, manifest, cancellationToken)).Should().BeNull();
        return manifest;
    }

    private static Task<Refusal?> ApplyAsync(KubeClient client, JsonObject manifest, CancellationToken cancellationToken)
    {
        var apply = new ApplyOptions { FieldManager = "test", Force = true };
        return Refusal.OfAsync(() => client.ApplyAsync(ServerWithKinds.KindOf(manifest), manifest, apply, cancellationToken));
    }

    // As an object that is not there yet.
    private static Task<Refusal?> TryAsync(KubeClient client, JsonObject manifest, string name, CancellationToken cancellationToken)
    {
        var other = manifest.DeepClone().AsObject();
        other["metadata"]!["name"] = name;
        var apply = new ApplyOptions { FieldManager = "test", DryRun = true };
        return Refusal.OfAsync(() => client.ApplyAsync(ServerWithKinds.KindOf(other), other, apply, cancellationToken));
    }

    private static Task<Refusal?> ReportAsync(KubeClient client, JsonObject manifest, CancellationToken cancellationToken)
    {
        var report = new JsonObject
        {
            ["apiVersion"] = manifest["apiVersion"]!.DeepClone(),
            ["kind"] = manifest["kind"]!.DeepClone(),
            ["metadata"] = manifest["metadata"]!.DeepClone(),
            ["status"] = new JsonObject { ["observedGeneration"] = 1 },
        };
        var apply = new ApplyOptions { FieldManager = FieldManagers.Status, Subresource = "status" };
        return Refusal.OfAsync(() => client.ApplyAsync(ServerWithKinds.KindOf(manifest), report, apply, cancellationToken));
    }

    private static async Task DefineAsync(KubeClient client, JsonObject definition, CancellationToken cancellationToken)
    {
        var apply = new ApplyOptions { FieldManager = "test", Force = true };
        await client.ApplyAsync(WellKnownKinds.CustomResourceDefinition, definition, apply, cancellationToken);
    }

    // A changed definition holds a moment after it is stored, and nobody tells when.
    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
