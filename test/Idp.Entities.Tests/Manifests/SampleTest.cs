using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities.Tests.Validation;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Entities.Tests.Manifests;

/// <summary>Every sample is one that a user may write as it stands.</summary>
[Collection(ServerCollection.Name)]
public sealed class SampleTest(ServerWithKinds server)
{
    public static TheoryData<string> Samples =>
        [.. RepositoryFiles.In("config/samples").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void ASampleTellsItsStoryFirst(string file) =>
        File.ReadLines(RepositoryFiles.PathOf($"config/samples/{file}")).First().Should().StartWith("# ");

    [Theory]
    [MemberData(nameof(Samples))]
    public void ASamplePassesTheValidator(string file)
    {
        foreach (var manifest in Read(file))
        {
            Rules.Errors(manifest).Should().BeEmpty();
        }
    }

    [Theory]
    [OnControlPlane(nameof(Samples))]
    [OnCrdServer(nameof(Samples))]
    public async Task TheApiServerTakesASampleAndLosesNothingOfIt(TestServer on, string file)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        foreach (var manifest in Read(file).Where(manifest => ServerWithKinds.KindOf(manifest) != WellKnownKinds.Namespace))
        {
            var kind = ServerWithKinds.KindOf(manifest);
            var apply = new ApplyOptions { FieldManager = "test", DryRun = true };
            await client.ApplyAsync(kind, manifest.DeepClone().AsObject(), apply, limit.Token);
            var created = await client.CreateAsync(kind, manifest, limit.Token);
            var read = await client.GetAsync(kind, created.Key, limit.Token);

            Missing("", manifest, read.ToJson()).Should().BeEmpty();
        }
    }

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task TheApiServerWritesTheDefaultsThatNoPlatformChanges(TestServer on)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        var manifest = RepositoryFiles.Parse("""
            apiVersion: idp.dev/v1alpha1
            kind: BackendApp
            metadata: {name: defaults, namespace: team-shop}
            spec: {repository: {}, database: {tables: [{name: a, columns: [{name: id, type: uuid}]}]}}
            """)!.AsObject();

        var created = await client.CreateAsync(BackendApp.ResourceKind, manifest, limit.Token);

        created.ToJson()["spec"]!.ToJsonString().Should().Be(JsonNode.Parse("""
            {"database":{"deletionPolicy":"Retain","tables":[{"columns":[{"name":"id","notNull":false,"type":"uuid"}],"name":"a"}],
             "type":"postgresql"},
             "repository":{"adoption":"Never","deletionPolicy":"Retain","deployment":"InRepository","visibility":"Private"},"suspend":false}
            """)!.ToJsonString());
    }

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task WhatTheOperatorWouldWriteIsTakenWithoutLoss(TestServer on)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        var manifest = JsonNode.Parse(GoodManifests.ApplicationEnvironment)!.AsObject();
        var environment = manifest.Deserialize(ApplicationEnvironment.JsonType)!;
        var status = new ApplicationEnvironmentStatus
        {
            ObservedGeneration = 1,
            Conditions =
            [
                new()
                {
                    Type = Conditions.Ready,
                    Status = ConditionStatus.True,
                    Reason = Reasons.Succeeded,
                    ObservedGeneration = 1,
                    LastTransitionTime = DateTimeOffset.UnixEpoch,
                },
            ],
            Namespace = environment.TargetNamespace,
            Inventory = [new("", "v1", "Namespace", "namespaces", "", environment.TargetNamespace, "uid", Retain: true)],
        };
        manifest["spec"] = JsonSerializer.SerializeToNode(environment.Spec, EntitiesJson.Default.ApplicationEnvironmentSpec);

        var apply = new ApplyOptions { FieldManager = FieldManagers.Operator };
        var applied = await client.ApplyAsync(ApplicationEnvironment.ResourceKind, manifest, apply, limit.Token);
        Missing("", manifest["spec"]!, applied.Object.ToJson()["spec"]).Should().BeEmpty();
        manifest.Remove("spec");
        manifest["status"] = JsonSerializer.SerializeToNode(status, EntitiesJson.Default.ApplicationEnvironmentStatus);
        var reported = await client.ApplyAsync(
            ApplicationEnvironment.ResourceKind,
            manifest,
            new ApplyOptions { FieldManager = FieldManagers.Status, Subresource = "status" },
            limit.Token);

        Missing("", manifest["status"]!, reported.Object.ToJson()["status"]).Should().BeEmpty();
        reported.Object.Deserialize(ApplicationEnvironment.JsonType).Status.Should().BeEquivalentTo(status);
    }

    private static IReadOnlyList<JsonObject> Read(string file) => RepositoryFiles.Read(RepositoryFiles.PathOf($"config/samples/{file}"));

    private static IEnumerable<string> Missing(string path, JsonNode? wanted, JsonNode? live) => wanted switch
    {
        JsonObject map when live is JsonObject there =>
            map.SelectMany(field => Missing($"{path}.{field.Key}", field.Value, there[field.Key])),
        JsonArray list when live is JsonArray there && there.Count == list.Count =>
            list.SelectMany((item, i) => Missing($"{path}[{i}]", item, there[i])),
        _ => JsonNode.DeepEquals(wanted, live) ? [] : [path],
    };
}
