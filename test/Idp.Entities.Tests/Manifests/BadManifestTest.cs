using System.Text.Json.Nodes;
using Idp.Entities.Tests.Validation;
using Idp.Kubernetes.Client;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What a user may not write, and who says so: the API server by the schema, or the validator for what CEL says there.</summary>
/// <remarks>
/// The API server of the tests is older than CEL. So a rule in CEL shows here as: this server takes the manifest, and the
/// validator refuses it. Rules on changes have no validator; that they are there is asked of the definitions themselves.
/// </remarks>
[Collection(ServerCollection.Name)]
public sealed class BadManifestTest(ServerWithKinds server)
{
    [Theory]
    [MemberData(nameof(BadManifests.RefusedBySchema), MemberType = typeof(BadManifests))]
    public async Task TheApiServerRefusesItAndNamesTheField(string field, string kind, string place, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var manifest = BadManifests.Make(kind, place, value);

        var create = () => server.Client.CreateAsync(ServerWithKinds.KindOf(manifest), manifest, limit.Token);

        (await create.Should().ThrowAsync<InvalidException>()).Which.Message.Should().Contain(field);
    }

    [Theory]
    [MemberData(nameof(BadManifests.RefusedBySchema), MemberType = typeof(BadManifests))]
    public void TheValidatorRefusesItToo(string field, string kind, string place, string value) =>
        Rules.Errors(BadManifests.Make(kind, place, value)).Should().Contain(error => error.Contains(LastName(field)));

    [Theory]
    [MemberData(nameof(BadManifests.RefusedByRules), MemberType = typeof(BadManifests))]
    public async Task AnApiServerWithoutRulesTakesItAndTheValidatorRefusesIt(string field, string kind, string place, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var manifest = BadManifests.Make(kind, place, value);

        var apply = new ApplyOptions { FieldManager = "test", DryRun = true };
        await server.Client.ApplyAsync(ServerWithKinds.KindOf(manifest), manifest, apply, limit.Token);

        Rules.Errors(manifest).Should().Contain(error => error.StartsWith(field, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("BackendApp", GoodManifests.BackendApp)]
    [InlineData("ApplicationEnvironment", GoodManifests.ApplicationEnvironment)]
    public async Task WithoutTheFaultTheSameManifestIsTaken(string kind, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var manifest = JsonNode.Parse(text)!.AsObject();
        manifest["metadata"]!["namespace"] = ServerWithKinds.Trial;

        var apply = new ApplyOptions { FieldManager = "test", DryRun = true };
        await server.Client.ApplyAsync(ServerWithKinds.KindOf(manifest), manifest, apply, limit.Token);

        Rules.Errors(manifest).Should().BeEmpty(kind);
    }

    // The server says "spec.environments.stage" where the operator says "spec.environments[0].stage".
    private static string LastName(string field) => field.Split('.')[^1].Split('[')[0];
}
