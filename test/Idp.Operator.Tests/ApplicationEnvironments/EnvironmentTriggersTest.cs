using System.Text.Json.Nodes;
using Idp.Entities;
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

        EnvironmentTriggers.OfNeighbour(new KnownObjects(), world.Observed[0]).Should().BeEmpty();
        EnvironmentTriggers.OfNeighbour(new KnownObjects(world.Owned[0]), world.Observed[0]).Should().Equal(Environment);
    }

    [Fact]
    public void WhatAllShareLeadsToEveryEnvironment()
    {
        var credentials = World.Live(RepositoryCredentials.Make(Samples.PrivateSettings)[0]);
        var manifest = KubeObject.From(ApplicationEnvironment.ResourceKind, new()
        {
            ["metadata"] = new JsonObject { ["name"] = Environment.Name, ["namespace"] = Environment.Namespace },
        });

        EnvironmentTriggers.Of(new KnownObjects(), credentials).Should().BeEmpty();
        EnvironmentTriggers.Of(new KnownObjects(manifest), credentials).Should().Equal(Environment);
    }

    [Fact]
    public void ForeignObjectLeadsNowhere()
    {
        var foreign = KubeObject.From(
            WellKnownKinds.Namespace, new() { ["metadata"] = new JsonObject { ["name"] = "default" } });

        EnvironmentTriggers.OfChild(foreign).Should().BeEmpty();
    }
}
