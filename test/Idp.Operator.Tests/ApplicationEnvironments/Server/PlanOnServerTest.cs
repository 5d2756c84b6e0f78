using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments.Server;

/// <summary>What is planned is what a real API server stores, under the other projects' real schemas.</summary>
[Collection(ServerCollection.Name)]
public sealed class PlanOnServerTest(ServerFixture server)
{
    [TheoryWith(Needs.UpstreamDefinitions)]
    [InlineData("minimal")]
    [InlineData("full")]
    [InlineData("manual-external")]
    [InlineData("private")]
    public async Task EveryFieldThatIsSentIsStored(string sample)
    {
        var plan = Samples.Plan(sample, entity => entity.Spec()["namespace"] = $"stored-{sample}");
        using var client = new OperatorUnderTest(server.Client);

        var report = await client.Applier.ApplyAsync(EffectiveEnvironment.OwnershipOf(plan.Environment.Entity), plan.Objects, [], default);

        report.Objects.Where(applied => !applied.Succeeded).Select(applied => $"{applied.Desired}: {applied.Message}").Should().BeEmpty();
        foreach (var wanted in plan.Objects)
        {
            var live = await server.Client.GetAsync(wanted.Kind, wanted.Key, default);
            Lost(wanted.Body, live.ToJson(), wanted.ToString()).Should().BeEmpty();
        }
    }

    [TheoryWith(Needs.UpstreamDefinitions)]
    [InlineData("minimal")]
    [InlineData("full")]
    [InlineData("manual-external")]
    [InlineData("private")]
    public async Task SecondApplyWritesNothing(string sample)
    {
        var plan = Samples.Plan(sample, entity => entity.Spec()["namespace"] = $"twice-{sample}");
        using var client = new OperatorUnderTest(server.Client);
        var ownership = EffectiveEnvironment.OwnershipOf(plan.Environment.Entity);
        var first = await client.Applier.ApplyAsync(ownership, plan.Objects, [], default);
        await client.Reader.RefreshAsync(default);

        var second = await client.Applier.ApplyAsync(ownership, plan.Objects, first.Inventory, default);

        second.Objects.Where(applied => applied.Outcome != ApplyOutcome.Unchanged)
            .Select(applied => $"{applied.Outcome} {applied.Desired} {applied.Message}").Should().BeEmpty();
    }

    [FactWith(Needs.UpstreamDefinitions)]
    public async Task UnknownFieldWouldBeNoticed()
    {
        var plan = Samples.Plan("full", entity => entity.Spec()["namespace"] = "unknown-field");
        var database = plan.Objects.Single(wanted => wanted.Kind == SchemaSection.Database);
        var body = database.Body.With(json =>
        {
            json["metadata"]!["namespace"] = "argocd";
            json["spec"]!["connection"]!["postgresql"] = new JsonObject { ["uri"] = new JsonObject { ["value"] = "x" } };
        });

        var apply = () => server.Client.ApplyAsync(
            database.Kind, body, new ApplyOptions { FieldManager = "test", DryRun = true }, default);

        (await apply.Should().ThrowAsync<KubeException>()).WithMessage("*postgresql*");
    }

    /// <summary>The paths of what was wanted and is not there.</summary>
    private static IEnumerable<string> Lost(JsonNode? wanted, JsonNode? live, string path)
    {
        switch (wanted, live)
        {
            case (JsonObject wants, JsonObject has):
                return wants.SelectMany(member => Lost(member.Value, has[member.Key], $"{path}.{member.Key}"));
            case (JsonArray wants, JsonArray has) when wants.Count == has.Count:
                return wants.SelectMany((item, index) => Lost(item, has[index], $"{path}[{index}]"));
            default:
                return JsonNode.DeepEquals(wanted, live) ? [] : [$"{path}: {wanted?.ToJsonString()} became {live?.ToJsonString()}"];
        }
    }
}
