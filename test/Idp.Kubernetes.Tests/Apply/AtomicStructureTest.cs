using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Client;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>Structures that are owned as a whole, as a RoleBinding's roleRef is today, with fields that the server fills in.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class AtomicStructureTest(ControlPlaneFixture controlPlane)
{
    private const string Schema = """
        {"type":"object","properties":{"spec":{"type":"object","properties":{
          "roleRef":{"type":"object","x-kubernetes-map-type":"atomic","properties":{
            "kind":{"type":"string"},"name":{"type":"string"},"apiGroup":{"type":"string","default":"rbac.authorization.k8s.io"}}},
          "rules":{"type":"array","x-kubernetes-list-type":"atomic","items":{"type":"object","properties":{
            "port":{"type":"integer"},"protocol":{"type":"string","default":"TCP"}}}},
          "hosts":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
          "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["port","protocol"],"items":{"type":"object","required":["port"],
            "properties":{"port":{"type":"integer"},"protocol":{"type":"string","default":"TCP"},"name":{"type":"string","default":"any"}}}}}}}}
        """;

    private const string Spec = """
        {"roleRef":{"kind":"ClusterRole","name":"view"},"rules":[{"port":80}],"hosts":["a"],"ports":[{"port":80,"protocol":"TCP"}]}
        """;

    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Ownership Us = new("us", new Dictionary<string, string> { ["idp.dev/environment"] = "shop-staging" });
    private readonly MemoryReader _memory = new();
    private int _writes;

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task WhatTheServerFillsIn_IsNotWrittenForEver_WhateverOthersWriteElsewhere(TestServer on)
    {
        var (server, kind, key) = await NewAsync(on, "filled");
        var applier = NewApplier(server);

        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Created, writes: 1);
        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Unchanged, writes: 1);
        await PatchAsync(server, kind, key, new JsonPatch().Add("/metadata/annotations", new JsonObject { ["theirs"] = "x" }));
        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Unchanged, writes: 1);

        (await SpecAsync(server, kind, key))["roleRef"]!["apiGroup"]!.GetValue<string>().Should().Be("rbac.authorization.k8s.io");
    }

    /// <summary>Nobody remembers then what is filled in: it is applied once, which changes nothing but, on an old server, the time of the apply.</summary>
    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task AfterARestart_ItIsAskedOnce(TestServer on)
    {
        var (server, kind, key) = await NewAsync(on, "asked");
        await ApplyAsync(NewApplier(server), kind, key, Spec, ApplyOutcome.Created, writes: 1);
        var before = await server.Client.GetAsync(kind, key, Never);
        await Eventually.TrueAsync(() => DateTimeOffset.UtcNow - before.Metadata.CreationTimestamp >= TimeSpan.FromSeconds(1), "another second");

        var applier = NewApplier(server);
        await ApplyAsync(applier, kind, key, Spec, on == TestServer.Crds ? ApplyOutcome.Unchanged : null, writes: 2);
        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Unchanged, writes: 2);

        JsonNode.DeepEquals(WithoutTimes(await server.Client.GetAsync(kind, key, Never)), WithoutTimes(before)).Should().BeTrue();
    }

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task WhatOthersWriteIntoIt_IsPutBack(TestServer on)
    {
        var (server, kind, key) = await NewAsync(on, "spoiled");
        var applier = NewApplier(server);
        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Created, writes: 1);

        await PatchAsync(server, kind, key, new JsonPatch().Add("/spec/roleRef/apiGroup", "theirs.dev"));
        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Updated, writes: 2);
        await PatchAsync(server, kind, key, new JsonPatch().Add("/spec/rules/0/protocol", "UDP"));
        await ApplyAsync(applier, kind, key, Spec, ApplyOutcome.Updated, writes: 3);

        var spec = await SpecAsync(server, kind, key);
        spec["roleRef"]!["apiGroup"]!.GetValue<string>().Should().Be("rbac.authorization.k8s.io");
        spec["rules"]![0]!["protocol"]!.GetValue<string>().Should().Be("TCP");
    }

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task WhatWeWantNoLonger_Goes(TestServer on)
    {
        var (server, kind, key) = await NewAsync(on, "less");
        var applier = NewApplier(server);
        await ApplyAsync(
            applier, kind, key, """{"roleRef":{"kind":"ClusterRole","name":"view","apiGroup":"other"},"hosts":["a","b"]}""", ApplyOutcome.Created, writes: 1);

        await ApplyAsync(applier, kind, key, """{"roleRef":{"kind":"ClusterRole"},"hosts":["b"]}""", ApplyOutcome.Updated, writes: 2);

        JsonNode.DeepEquals(
            await SpecAsync(server, kind, key),
            JsonNode.Parse("""{"roleRef":{"kind":"ClusterRole","apiGroup":"rbac.authorization.k8s.io"},"hosts":["b"]}""")).Should().BeTrue();
    }

    private async Task<(ApiServer Server, ResourceKind Kind, ObjectKey Key)> NewAsync(TestServer on, string singular)
    {
        var server = await controlPlane.OnAsync(on);
        var kind = await server.NewKindAsync(singular, JsonNode.Parse(Schema)!);
        return (server, kind, new ObjectKey(await server.NewNamespaceAsync(), "one"));
    }

    private Applier NewApplier(ApiServer server)
    {
        var handler = new Intercept((request, _) =>
        {
            _writes += request.Method == HttpMethod.Get ? 0 : 1;
            return Task.FromResult<HttpResponseMessage?>(null);
        });
        return new Applier(KubeClient.Create(server.Config, [handler]), _memory, _memory, TimeProvider.System, NullLogger<Applier>.Instance);
    }

    private async Task ApplyAsync(Applier applier, ResourceKind kind, ObjectKey key, string spec, ApplyOutcome? expected, int writes)
    {
        var wanted = new DesiredObject(kind, new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = DesiredWorld.Metadata(key),
            ["spec"] = JsonNode.Parse(spec),
        });
        var applied = (await applier.ApplyAsync(Us, [wanted], [], Never)).Objects.Single();
        applied.Outcome.Should().Be(expected ?? applied.Outcome, applied.Message);
        _writes.Should().Be(writes);
    }

    // Somebody else's edit; our memory hears of it as by a watch.
    private async Task PatchAsync(ApiServer server, ResourceKind kind, ObjectKey key, JsonPatch patch) =>
        _memory.Observe(await server.Client.PatchAsync(kind, key, patch, Never));

    private static JsonNode WithoutTimes(KubeObject live)
    {
        var metadata = live.ToJson()["metadata"]!.AsObject();
        metadata.Remove("resourceVersion");
        foreach (var entry in metadata["managedFields"]!.AsArray())
        {
            entry!.AsObject().Remove("time");
        }

        return metadata.Root;
    }

    private static async Task<JsonNode> SpecAsync(ApiServer server, ResourceKind kind, ObjectKey key) =>
        (await server.Client.GetAsync(kind, key, Never)).ToJson()["spec"]!;
}
