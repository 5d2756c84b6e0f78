using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.Commands;
using Idp.Operator.Tests.ApplicationEnvironments;
using Idp.Operator.Tests.ApplicationEnvironments.Server;
using Idp.Operator.Yaml;
using Idp.Testing.Schemas;

namespace Idp.Operator.Tests.Commands;

/// <summary>Whatever a real API server refuses of a manifest, or drops because it is no field, is refused without one too.</summary>
[Collection(ServerCollection.Name)]
public sealed class ManifestOnServerTest(ServerFixture server)
{
    private const int Rounds = 150;
    private const string Team = "team-manifests";

    [Theory]
    [InlineData("backendapps")]
    [InlineData("applicationenvironments")]
    public async Task WhatTheServerRefuses_IsRefusedWithoutItToo(string plural)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var kind = plural == BackendApp.ResourceKind.Plural ? BackendApp.ResourceKind : ApplicationEnvironment.ResourceKind;
        var schema = SpecSchema(plural);
        var (refused, missed) = (0, new List<string>());
        for (var seed = 0; seed < Rounds; seed++)
        {
            var spec = new BrokenObject(new Random(seed)).Make(new RandomObject(new Random(seed)).Make(schema));
            var manifest = Manifest(kind, $"app-{seed}", spec);
            if (await ComplaintAsync(kind, manifest, limit.Token) is { } complaint)
            {
                refused++;
                if (Read(manifest).Succeeded)
                {
                    missed.Add($"{manifest.ToJsonString()}: {complaint}");
                }
            }
        }

        missed.Should().BeEmpty();
        refused.Should().BeGreaterThan(Rounds / 4);
    }

    /// <summary>What is left over are rules on several fields, which the server of the tests is too old for.</summary>
    [Fact]
    public async Task WhatTheServerTakes_IsTakenWithoutItToo()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var schema = SpecSchema("applicationenvironments");
        var taken = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var manifest = Manifest(ApplicationEnvironment.ResourceKind, $"app-{seed}", new RandomObject(new Random(seed)) { Optional = 20 }.Make(schema));
            (await ComplaintAsync(ApplicationEnvironment.ResourceKind, manifest, limit.Token)).Should().BeNull();
            var read = Read(manifest);
            read.Errors.Should().NotContain(error => error.Message.Contains("there is no such key") || error.Message.Contains("is expected"));
            taken += read.Succeeded ? 1 : 0;
        }

        taken.Should().BePositive();
    }

    private static JsonObject SpecSchema(string plural)
    {
        var file = Path.Combine(Samples.Repository(), "config", "crds", $"idp.dev_{plural}.yaml");
        return SchemaReading.SchemaOf(YamlReader.Read(File.ReadAllText(file), file).Root!.AsObject()).Field("spec");
    }

    private static JsonObject Manifest(ResourceKind kind, string name, JsonNode? spec) => new()
    {
        ["apiVersion"] = kind.ApiVersion,
        ["kind"] = kind.Kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = spec,
    };

    // JSON is YAML; the reader is given what people would write.
    private static Loaded<Manifests> Read(JsonObject manifest) =>
        new ManifestReader(Team).Read(["-"], new StringReader(manifest.ToJsonString()));

    /// <summary>What the server has against it; an old server drops unknown fields where a new one refuses them.</summary>
    private async Task<string?> ComplaintAsync(ResourceKind kind, JsonObject manifest, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ApplyOptions { FieldManager = "test", DryRun = true };
            var live = (await server.Client.ApplyAsync(kind, manifest, options, cancellationToken)).Object.ToJson();
            return Dropped(manifest["spec"], live["spec"], "spec");
        }
        catch (KubeException refusal) when (refusal is not UnavailableException)
        {
            return refusal.Message;
        }
    }

    private static string? Dropped(JsonNode? sent, JsonNode? live, string path) => (sent, live) switch
    {
        (null, _) => null,
        (JsonObject fields, JsonObject kept) => fields.Select(field => Dropped(field.Value, kept[field.Key], $"{path}.{field.Key}")).FirstOrDefault(found => found is not null),
        (JsonArray items, JsonArray kept) when items.Count == kept.Count => items.Select((item, index) => Dropped(item, kept[index], path)).FirstOrDefault(found => found is not null),
        _ => live is null ? $"{path} is dropped" : null,
    };
}
