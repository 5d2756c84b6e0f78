using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class DeletionPlanTest
{
    [Fact]
    public void WhatRunsGoesFirstAndTheNamespaceLast()
    {
        var plan = Samples.Plan("full", entity => entity.Spec()["database"]!["deletionPolicy"] = "Delete");

        var items = DeletionPlan.Make(plan.Environment.Entity, World.Healthy(plan));

        items.Reverse().Select(item => item.Kind).Distinct().Should()
            .Equal("Application", "Table", "Database", "ExternalSecret", "Cluster", "Namespace");
        items.Should().NotContain(item => item.Retain);
    }

    [Fact]
    public void RetainedDatabaseKeepsItsNamespaceAndItsGuardrails()
    {
        var plan = Samples.Plan("full");

        var items = DeletionPlan.Make(plan.Environment.Entity, World.Healthy(plan));

        items.Where(item => item.Retain).Select(item => item.Kind).Should().Equal("Namespace", "Cluster");
        items.Select(item => item.Kind).Should().NotContain(["ResourceQuota", "LimitRange", "NetworkPolicy", "RoleBinding"]);
    }

    [Fact]
    public void PolicyThatTheManifestSaidLastCounts()
    {
        var before = Samples.Plan("full");
        var world = World.Healthy(before);

        var entity = Samples.Read("full", json => json.Spec()["database"]!["deletionPolicy"] = "Delete");

        DeletionPlan.Make(entity, world).Should().NotContain(item => item.Retain);
    }

    [Fact]
    public void DatabaseThatTheManifestNoLongerMentionsIsRetainedAsItWas()
    {
        var world = World.Healthy(Samples.Plan("full"));
        var entity = Samples.Read("full", json => json.Spec().Remove("database"));

        var items = DeletionPlan.Make(entity, world);

        items.Where(item => item.Retain).Select(item => item.Kind).Should().Equal("Namespace", "Cluster");
    }

    [Fact]
    public void ProcessThatDiedBeforeItWroteTheStatusForgetsNothing()
    {
        var plan = Samples.Plan("minimal");
        plan.Environment.Entity.Status.Inventory.Should().BeEmpty();

        var items = DeletionPlan.Make(plan.Environment.Entity, World.Healthy(plan));

        items.Select(item => item.Kind).Should().Equal("Namespace", "Application");
    }

    [Fact]
    public void CopyThatSomebodyMadeWithOurLabelsIsNotOurs()
    {
        var plan = Samples.Plan("minimal");
        var world = World.Healthy(plan, (_, json) => json["metadata"]!["managedFields"]![0]!["manager"] = "kubectl");

        EnvironmentInventory.Of(plan.Environment.Entity, world).Should().BeEmpty();
    }

    [Fact]
    public void RetainedDatabaseIsTakenUpAgainByAnEnvironmentOfTheSameName()
    {
        var plan = Samples.Plan("full");
        var cluster = World.Healthy(plan).Owned.Single(live => live.Kind == CloudNativePg.Cluster);

        var again = Samples.Read("full", json => json["metadata"]!["uid"] = "another-uid");

        EffectiveEnvironment.OwnershipOf(again).Owns(cluster.Metadata).Should().BeTrue();
    }

    [Theory]
    [InlineData(1, Reasons.Deleting)]
    [InlineData(6, Reasons.DeletionBlocked)]
    public void DeletionThatTakesLongIsBlockedAndSaysByWhat(int minutes, string reason)
    {
        var plan = Samples.Plan("minimal");
        var world = World.Healthy(plan, (_, json) =>
            json["metadata"]!["deletionTimestamp"] = World.Text(World.Now.AddMinutes(-minutes)));
        var application = EnvironmentInventory.Of(plan.Environment.Entity, world)[^1];
        var report = new DeleteReport([new RemainingObject(application, "the Application is being deleted; finalizers: x/y")], []);

        var status = DeletionVerdict.Of(plan.Environment.Entity, report, world, World.Now);

        status.Find(Conditions.Ready).Reason.Should().Be(reason);
        status.Find(Conditions.Ready).Message.Should().Contain("x/y");
        status.Find(Conditions.DatabaseReady).Status.Should().Be(ConditionStatus.Unknown);
    }
}
