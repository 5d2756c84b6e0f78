using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class ApplicationEnvironmentPlanTest
{
    [Fact]
    public void NamespaceComesFirstAndIsTheGate()
    {
        var objects = Samples.Plan("full").Objects;

        objects[0].Kind.Should().Be(WellKnownKinds.Namespace);
        objects.Should().ContainSingle(wanted => wanted.Gate).Which.Should().BeSameAs(objects[0]);
        objects[^1].Kind.Should().Be(DeliverySection.Application);
    }

    [Fact]
    public void EveryObjectCarriesTheLabelsThatMakeItOurs()
    {
        var plan = Samples.Plan("full");

        var ownership = EffectiveEnvironment.OwnershipOf(plan.Environment.Entity);
        plan.Objects.Should().OnlyContain(wanted => ownership.Owns(KubeObject.From(wanted.Kind, wanted.Body).Metadata));
        plan.Objects.Should().OnlyContain(
            wanted => (string?)wanted.Body["metadata"]!["labels"]![Labels.ManagedBy] == Labels.Manager);
    }

    [Fact]
    public void ChangedTeamKeepsTheOwnership() =>
        EffectiveEnvironment.OwnershipOf(Samples.Read("full")).Labels.Keys.Should()
            .BeEquivalentTo(Labels.Environment, Labels.EnvironmentNamespace);

    [Fact]
    public void RetainedDatabaseRetainsItsNamespace()
    {
        var retained = Samples.Plan("full").Objects.Where(wanted => wanted.Retain).Select(wanted => wanted.Kind);

        retained.Should().Equal(WellKnownKinds.Namespace, CloudNativePg.Cluster);
    }

    [Fact]
    public void DatabaseThatMayGoRetainsNothing()
    {
        var plan = Samples.Plan("full", entity => entity.Spec()["database"]!["deletionPolicy"] = "Delete");

        plan.Objects.Should().NotContain(wanted => wanted.Retain);
    }

    [Fact]
    public void WhatWasNotAskedForIsNotThere()
    {
        var plan = Samples.Plan("minimal");

        plan.Sections.Where(section => section.Objects.Count == 0).Select(section => section.Section.Condition)
            .Should().Equal(Conditions.SecretsReady, Conditions.DatabaseReady, Conditions.SchemaReady);
    }

    [Theory]
    [InlineData("other-team/stripe")]
    [InlineData("team-payments/../other-team/stripe")]
    public void SecretOfAnotherTeamIsNotGranted(string key)
    {
        var plan = Samples.Plan("full", entity => entity.Spec()["secrets"]![0]!["remoteRef"]!["key"] = key);

        plan.Objects.Should().BeEmpty();
        plan.Problem!.Reason.Should().BeOneOf(Reasons.NotGranted, Reasons.InvalidSpec);
    }

    [Fact]
    public void RefusalNamesTheKeyAndTheNamespace()
    {
        var plan = Samples.Plan("full", entity => entity.Spec()["secrets"]![0]!["remoteRef"]!["key"] = "other-team/stripe");

        plan.Problem!.Reason.Should().Be(Reasons.NotGranted);
        plan.Problem.Message.Should().Contain("other-team/stripe").And.Contain("team-payments");
    }

    [Theory]
    [InlineData("namespace", "kube-system")]
    [InlineData("namespace", "argocd")]
    [InlineData("namespace", "team-payments")]
    [InlineData("host", "www.other.example")]
    [InlineData("team", "team-other")]
    public void WhatIsNotGrantedIsRefused(string field, string value)
    {
        var plan = Samples.Plan("minimal", entity => entity.Spec()[field] = value);

        plan.Objects.Should().BeEmpty();
        plan.Problem!.Message.Should().Contain(field == "namespace" ? "namespace" : value);
    }

    [Theory]
    [InlineData("""{"podSecurity":"Privileged"}""", "podSecurity")]
    [InlineData("""{"networkIsolation":"None"}""", "networkIsolation")]
    [InlineData("""{"quota":{"requests.cpu":"400"}}""", "requests.cpu")]
    [InlineData("""{"quota":{"requests.memory":"1Ti"}}""", "requests.memory")]
    [InlineData("""{"access":[{"group":"team-payments","role":"Admin"}]}""", "Admin")]
    [InlineData("""{"access":[{"group":"everybody","role":"View"}]}""", "everybody")]
    public void GuardrailsCannotBeLoosenedByHand(string guardrails, string named)
    {
        var plan = Samples.Plan("minimal", entity => entity.Spec()["guardrails"] = JsonNode.Parse(guardrails));

        plan.Problem!.Reason.Should().Be(Reasons.NotGranted);
        plan.Problem.Message.Should().Contain(named).And.Contain("Staging");
    }

    [Theory]
    [InlineData("""{"quota":{"requests.cpu":"3500m","count/jobs.batch":"3"}}""")]
    [InlineData("""{"access":[{"group":"team-payments","role":"View"}]}""")]
    public void GuardrailsCanBeTightenedByHand(string guardrails)
    {
        var plan = Samples.Plan("minimal", entity => entity.Spec()["guardrails"] = JsonNode.Parse(guardrails));

        plan.Problem.Should().BeNull();
    }

    [Fact]
    public void OwnQuotaLeavesTheStagesOtherLimitsAlone()
    {
        var plan = Samples.Plan(
            "minimal", entity => entity.Spec()["guardrails"] = JsonNode.Parse("""{"quota":{"requests.cpu":"0.5"}}"""));

        var quota = plan.Objects.Single(wanted => wanted.Kind == WellKnownKinds.ResourceQuota);
        quota.Body["spec"]!["hard"]!.ToJsonString().Should()
            .Be("""{"limits.memory":"16Gi","pods":"50","requests.cpu":"500m","requests.memory":"8Gi"}""");
    }

    [Theory]
    [InlineData("minimal", "restricted")]
    [InlineData("full", "baseline")]
    public void RestrictedIsEnforcedUnlessSchemaHeroHasToRunThere(string sample, string enforced)
    {
        var labels = Samples.Plan(sample).Objects[0].Body["metadata"]!["labels"]!;

        ((string?)labels["pod-security.kubernetes.io/enforce"]).Should().Be(enforced);
        ((string?)labels["pod-security.kubernetes.io/warn"]).Should().Be("restricted");
        ((string?)labels["pod-security.kubernetes.io/audit"]).Should().Be("restricted");
    }

    [Fact]
    public void TeamComesFromTheLabelOfTheManifestsNamespace()
    {
        var plan = ApplicationEnvironmentPlan.Make(
            Samples.Read("minimal"), Observation.Empty with { Team = "payments" }, Samples.Settings);

        plan.Problem.Should().BeNull();
        plan.Environment.Team.Should().Be("payments");
        ((string?)plan.Objects[^1].Body["spec"]!["project"]).Should().Be("payments");
    }

    [Fact]
    public void NamespaceThatWasClaimedCannotBeChanged()
    {
        var plan = Samples.Plan("full", entity =>
        {
            entity.Spec()["namespace"] = "payment-service-elsewhere";
            entity["status"] = new JsonObject { ["namespace"] = "payment-service-production" };
        });

        plan.Problem!.Reason.Should().Be(Reasons.InvalidSpec);
        plan.Problem.Message.Should().Contain("payment-service-production");
    }

    [Fact]
    public void ApplicationCannotBeChangedUnderItsData()
    {
        var home = Samples.Plan("full").Objects[0];
        var world = new Observation { Owned = [KubeObject.From(home.Kind, home.Body)] };
        var renamed = Samples.Read("full", entity => entity.Spec()["application"] = "payments");

        var plan = ApplicationEnvironmentPlan.Make(renamed, world, Samples.Settings);

        plan.Problem!.Message.Should().Contain("payment-service");
        plan.Objects.Should().BeEmpty();
    }

    [Fact]
    public void InvalidManifestNamesEveryField()
    {
        var plan = Samples.Plan("minimal", entity =>
        {
            entity.Spec()["application"] = "Not A Name";
            entity.Spec()["source"]!["path"] = "../elsewhere";
        });

        plan.Problem!.Reason.Should().Be(Reasons.InvalidSpec);
        plan.Problem.Message.Should().Contain("spec.application").And.Contain("spec.source.path");
    }

    [Fact]
    public void GrantsAreOfTheManifestsNamespaceNotOfTheTeamItNames()
    {
        var settings = Samples.Settings with { Teams = [new() { Namespace = "team-other" }] };

        var plan = ApplicationEnvironmentPlan.Make(Samples.Read("minimal"), Observation.Empty, settings);

        plan.Problem!.Reason.Should().Be(Reasons.NotGranted);
    }
}
