using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class DeliveryStateTest
{
    [Fact]
    public void VerdictAboutAnOlderSourceDoesNotCount() =>
        Of(json => json["spec"]!["source"]!["targetRevision"] = "v2").Should()
            .BeEquivalentTo(new { Status = ConditionStatus.False, Health = Health.Progressing });

    [Fact]
    public void OlderKustomizeSettingsAreAnOlderSourceToo() =>
        Of(json => json["spec"]!["source"]!["kustomize"]!["replicas"] = new JsonArray(
            new JsonObject { ["name"] = "payment-service", ["count"] = 4 })).Health.Should().Be(Health.Progressing);

    [Fact]
    public void WhatArgoCdDropsBecauseItIsEmptyIsNoDifference() =>
        Of(json => json["status"]!["sync"]!["comparedTo"]!["source"]!["helm"] = new JsonObject()).Health.Should().Be(Health.Healthy);

    [Fact]
    public void RequestedSyncIsNotDoneYet() =>
        Of(json => json["operation"] = new JsonObject { ["sync"] = new JsonObject { ["revision"] = "x" } })
            .Reason.Should().Be(Reasons.Progressing);

    [Theory]
    [InlineData("Deployment")]
    [InlineData("Service")]
    [InlineData("Ingress")]
    public void BrokenContractNamesWhatIsMissing(string kind)
    {
        var state = Of(json => json["status"]!["resources"]!.AsArray()
            .Single(resource => (string?)resource!["kind"] == kind)!["name"] = "other");

        state.Reason.Should().Be(Reasons.ContractBroken);
        state.Message.Should().Contain($"{kind} payment-service");
    }

    [Fact]
    public void IngressIsNoPartOfTheContractWhereTheManifestNamesNoHost()
    {
        var contract = DeliverySection.ContractOf(Samples.Plan("minimal").Environment);

        contract.Select(part => part.Kind).Should().Equal("Deployment", "Service");
    }

    [Theory]
    [InlineData("Progressing", "Synced", Health.Progressing)]
    [InlineData("Missing", "OutOfSync", Health.Progressing)]
    [InlineData("Suspended", "Synced", Health.Waiting)]
    [InlineData("Degraded", "Synced", Health.Failed)]
    [InlineData("Unknown", "Unknown", Health.Progressing)]
    [InlineData("Healthy", "OutOfSync", Health.Progressing)]
    internal void HealthAndSyncDecide(string health, string sync, Health expected) => Of(json =>
    {
        json["status"]!["health"]!["status"] = health;
        json["status"]!["sync"]!["status"] = sync;
    }).Health.Should().Be(expected);

    [Fact]
    public void ManualSyncWaitsForAPerson()
    {
        var state = Of(json =>
        {
            json["status"]!["sync"]!["status"] = "OutOfSync";
            json["spec"]!["syncPolicy"]!.AsObject().Remove("automated");
        });

        state.Health.Should().Be(Health.Waiting);
        state.Reason.Should().Be(Reasons.OutOfSync);
    }

    [Theory]
    [InlineData("InvalidSpecError")]
    [InlineData("ComparisonError")]
    public void ErrorIsToldInArgoCdsWords(string type)
    {
        var state = Of(json => json["status"]!["conditions"] = new JsonArray(
            new JsonObject { ["type"] = "OrphanedResourceWarning", ["message"] = "never mind" },
            new JsonObject { ["type"] = type, ["message"] = "kustomize build failed" }));

        state.Reason.Should().Be(type);
        state.Message.Should().Contain("kustomize build failed");
    }

    [Fact]
    public void DegradedNamesTheResourceThatIsInTrouble()
    {
        var state = Of(json =>
        {
            json["status"]!["health"]!["status"] = "Degraded";
            json["status"]!["resources"]![0]!["health"] =
                new JsonObject { ["status"] = "Degraded", ["message"] = "exceeded its progress deadline" };
        });

        state.Message.Should().Contain("Deployment payment-service: exceeded its progress deadline");
    }

    [Fact]
    public void NonsenseFromOthersIsNoCrash() =>
        Of(json => json["status"] = JsonNode.Parse("""{"sync":"?","health":[1],"resources":{"a":1},"conditions":[null,3]}"""))
            .Status.Should().Be(ConditionStatus.False);

    private static ChildState Of(Action<JsonObject> change)
    {
        var plan = Samples.Plan("full");
        var live = World.Live(plan.Objects[^1], (_, json) => change(json));
        return DeliveryState.Of(live, DeliverySection.ContractOf(plan.Environment));
    }
}
