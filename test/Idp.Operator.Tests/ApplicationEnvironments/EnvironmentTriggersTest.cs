using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class EnvironmentTriggersTest
{
    private static readonly ObjectKey Environment = new("team-payments", "payment-service-production");

    [Fact]
    public void EveryChildLeadsToItsEnvironment()
    {
        var owned = World.Healthy(Samples.Plan("full")).Owned;

        owned.SelectMany(EnvironmentTriggers.OfChild).Should().HaveCount(owned.Count).And.OnlyContain(key => key == Environment);
    }

    [Fact]
    public void MigrationLeadsToTheEnvironmentOfItsNamespace()
    {
        var world = World.Healthy(Samples.Plan("full"));

        EnvironmentTriggers.OfNeighbour(new KnownObjects(), world.Migrations[0]).Should().BeEmpty();
        EnvironmentTriggers.OfNeighbour(new KnownObjects(world.Owned[0]), world.Migrations[0]).Should().Equal(Environment);
    }

    [Fact]
    public void WhatAllShareLeadsToEveryKnownEnvironment()
    {
        var credentials = World.Live(RepositoryCredentials.Make(Samples.PrivateSettings)[0]);
        var triggers = new EnvironmentTriggers();

        triggers.Of(credentials).Should().BeEmpty();
        triggers.OfNamespace(World.Healthy(Samples.Plan("full")).Owned[0]).Should().Equal(Environment);
        triggers.Of(credentials).Should().Equal(Environment);
    }

    [Fact]
    public void ForeignObjectLeadsNowhere()
    {
        var foreign = KubeObject.From(
            WellKnownKinds.Namespace, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "default" } });

        EnvironmentTriggers.OfChild(foreign).Should().BeEmpty();
    }
}
