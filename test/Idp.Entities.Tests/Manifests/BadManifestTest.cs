using System.Text.Json.Nodes;
using Idp.Entities.Tests.Validation;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What a user may not write, and who says so: the API server by the schema or by its rules, or the validator.</summary>
/// <remarks>
/// A server that is older than CEL takes what only a rule forbids; then the validator alone refuses it. What is forbidden is
/// refused everywhere, in whatever words: so these tests ask for the field and for our own sentence, not for the server's.
/// </remarks>
[Collection(ServerCollection.Name)]
public sealed class BadManifestTest(ServerWithKinds server)
{
    [Theory]
    [OnControlPlane(nameof(BadManifests.RefusedBySchema), MemberType = typeof(BadManifests))]
    [OnCrdServer(nameof(BadManifests.RefusedBySchema), MemberType = typeof(BadManifests))]
    public async Task TheApiServerRefusesItAndNamesTheField(TestServer on, string field, string kind, string place, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var client = await server.OnAsync(on, limit.Token);
        var manifest = BadManifests.Make(kind, place, value);

        var refusal = await Refusal.OfAsync(() => client.CreateAsync(ServerWithKinds.KindOf(manifest), manifest, limit.Token));

        refusal.Should().NotBeNull();
        refusal!.Faults.Should().Contain(fault => fault.IsIn(field), "{0}", refusal);
    }

    [Theory]
    [MemberData(nameof(BadManifests.RefusedBySchema), MemberType = typeof(BadManifests))]
    public void TheValidatorRefusesItToo(string field, string kind, string place, string value) =>
        Rules.Errors(BadManifests.Make(kind, place, value)).Should().Contain(error => error.Contains(LastName(field)));

    [Theory]
    [OnControlPlane(nameof(BadManifests.RefusedByRules), MemberType = typeof(BadManifests))]
    [OnCrdServer(nameof(BadManifests.RefusedByRules), MemberType = typeof(BadManifests))]
    public async Task AnApiServerRefusesItByOurSentenceIfItKnowsRulesAndTheValidatorInAnyCase(
        TestServer on, string field, string kind, string place, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var manifest = BadManifests.Make(kind, place, value);

        var refusal = await TryAsync(on, manifest, limit.Token);

        if (await server.KnowsRulesAsync(on, limit.Token))
        {
            var sentences = Sentences(kind).ToList();
            refusal.Should().NotBeNull();
            refusal!.Faults.Should().Contain(fault => fault.IsAround(field) && sentences.Any(sentence => fault.Message.Contains(sentence)), "{0}", refusal);
        }
        else
        {
            refusal.Should().BeNull();
        }

        Rules.Errors(manifest).Should().Contain(error => error.StartsWith(field, StringComparison.Ordinal));
    }

    [Theory]
    [OnControlPlane(nameof(BadManifests.RefusedByTheOperator), MemberType = typeof(BadManifests))]
    [OnCrdServer(nameof(BadManifests.RefusedByTheOperator), MemberType = typeof(BadManifests))]
    public async Task AnyApiServerTakesItAndTheValidatorRefusesIt(TestServer on, string field, string kind, string place, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var manifest = BadManifests.Make(kind, place, value);

        var refusal = await TryAsync(on, manifest, limit.Token);

        refusal.Should().BeNull();
        Rules.Errors(manifest).Should().Contain(error => error.StartsWith(field, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Good => new()
    {
        { "BackendApp", GoodManifests.BackendApp },
        { "ApplicationEnvironment", GoodManifests.ApplicationEnvironment },
    };

    [Theory]
    [OnControlPlane(nameof(Good))]
    [OnCrdServer(nameof(Good))]
    public async Task WithoutTheFaultTheSameManifestIsTaken(TestServer on, string kind, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var manifest = JsonNode.Parse(text)!.AsObject();
        manifest["metadata"]!["namespace"] = ServerWithKinds.Trial;

        var refusal = await TryAsync(on, manifest, limit.Token);

        refusal.Should().BeNull();
        Rules.Errors(manifest).Should().BeEmpty(kind);
    }

    private async Task<Refusal?> TryAsync(TestServer on, JsonObject manifest, CancellationToken cancellationToken)
    {
        var client = await server.OnAsync(on, cancellationToken);
        var apply = new ApplyOptions { FieldManager = "test", DryRun = true };
        return await Refusal.OfAsync(() => client.ApplyAsync(ServerWithKinds.KindOf(manifest), manifest, apply, cancellationToken));
    }

    private static IEnumerable<string> Sentences(string kind) => ServerWithKinds.Definitions()
        .Where(definition => (string?)definition["spec"]!["names"]!["kind"] == kind)
        .SelectMany(definition => DefinedRules.Of(definition))
        .Select(rule => (string)rule.Rule["message"]!);

    // The server says "spec.environments.stage" where the operator says "spec.environments[0].stage".
    private static string LastName(string field) => field.Split('.')[^1].Split('[')[0];
}
