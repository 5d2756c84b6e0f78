using System.Text.Json.Nodes;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class DeliverySectionTest
{
    [Theory]
    [InlineData("ghcr.io/acme/pay", false)]
    [InlineData("registry:5000/acme/pay", false)]
    [InlineData("ghcr.io/acme/pay:1.0", true)]
    [InlineData("registry:5000/acme/pay:1.0", true)]
    [InlineData("ghcr.io/acme/pay@sha256:0000000000000000000000000000000000000000000000000000000000000000", true)]
    public void OnlyPinnedImageOverridesTheRepository(string image, bool overrides)
    {
        var source = SourceOf(Samples.Plan(
            "minimal", entity => entity.Spec()["workload"] = new JsonObject { ["image"] = image }));

        (source["kustomize"]!["images"] is not null).Should().Be(overrides);
        ((string?)source["kustomize"]!["images"]?[0])?.Should().Be($"payment-service={image}");
    }

    [Fact]
    public void WhatIsNotSetHasNoPatch() =>
        SourceOf(Samples.Plan("minimal"))["kustomize"]!.ToJsonString().Should()
            .Be("""{"namespace":"payment-service-staging"}""");

    [Fact]
    public void ReplicasOfZeroAreSaid()
    {
        var source = SourceOf(Samples.Plan(
            "minimal", entity => entity.Spec()["workload"] = new JsonObject { ["replicas"] = 0 }));

        source["kustomize"]!["replicas"]!.ToJsonString().Should().Be("""[{"name":"payment-service","count":0}]""");
    }

    [Fact]
    public void ValueThatLooksLikeANumberStaysText()
    {
        var patch = PatchOf(Samples.Plan("full"), 0);

        var variables = patch["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray();
        variables.Single(variable => (string?)variable!["name"] == "WORKERS")!["value"]!
            .GetValueKind().Should().Be(System.Text.Json.JsonValueKind.String);
    }

    [Fact]
    public void SecretsArriveByReferenceOnly()
    {
        var variables = PatchOf(Samples.Plan("full"), 0)["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray();

        References(variables).Should().Equal(
            ("STRIPE_KEY", "payment-service-secrets", "STRIPE_KEY"),
            ("WEBHOOK_SECRET", "payment-service-secrets", "WEBHOOK_SECRET"),
            ("DATABASE_URL", "payment-service-db-app", "uri"));
    }

    [Fact]
    public void AddressOfAnExternalDatabaseComesFromItsOwnSecret()
    {
        var variables = PatchOf(Samples.Plan("manual-external"), 0)["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray();

        References(variables).Should().Equal(("DATABASE_URL", "invoices-db", "uri"));
    }

    [Fact]
    public void HostIsNotPatchedWhereTheManifestNamesNone() =>
        SourceOf(Samples.Plan("full", entity => entity.Spec().Remove("host")))["kustomize"]!["patches"]!.AsArray()
            .Should().NotContain(patch => (string?)patch!["target"]!["kind"] == "Ingress");

    [Fact]
    public void WhereTheManifestFixesReplicas_TheRepositorysAutoscalerGoes()
    {
        var fixedNumber = SourceOf(Samples.Plan("minimal", entity => entity.Spec()["workload"] = new JsonObject { ["replicas"] = 2 }));

        var patch = fixedNumber["kustomize"]!["patches"]!.AsArray().Should().ContainSingle().Subject!;
        patch["target"]!.ToJsonString().Should().Be("""{"kind":"HorizontalPodAutoscaler","name":"payment-service"}""");
        JsonNode.Parse((string)patch["patch"]!)!["$patch"]!.GetValue<string>().Should().Be("delete");
    }

    [Fact]
    public void ManualSyncDeploysNothingByItself()
    {
        var manual = Samples.Plan("manual-external").Objects[^1].Body["spec"]!["syncPolicy"]!.AsObject();
        var automatic = Samples.Plan("minimal").Objects[^1].Body["spec"]!["syncPolicy"]!.AsObject();

        manual.ContainsKey("automated").Should().BeFalse();
        automatic["automated"]!.ToJsonString().Should().Be("""{"prune":true,"selfHeal":true}""");
        automatic["syncOptions"]!.ToJsonString().Should().NotContain("CreateNamespace");
    }

    private static JsonNode SourceOf(ApplicationEnvironmentPlan plan) => plan.Objects[^1].Body["spec"]!["source"]!;

    private static JsonNode PatchOf(ApplicationEnvironmentPlan plan, int index) =>
        JsonNode.Parse((string)SourceOf(plan)["kustomize"]!["patches"]![index]!["patch"]!)!;

    private static IEnumerable<(string? Name, string? Secret, string? Key)> References(JsonArray variables) =>
        from variable in variables
        let reference = variable["valueFrom"]?["secretKeyRef"]
        where reference is not null
        select ((string?)variable["name"], (string?)reference["name"], (string?)reference["key"]);
}
