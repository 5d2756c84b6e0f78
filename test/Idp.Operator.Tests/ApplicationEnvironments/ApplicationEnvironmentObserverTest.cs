using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class ApplicationEnvironmentObserverTest
{
    [Fact]
    public void WhatLiesElsewhere_IsNotTheEnvironments_WhateverLabelsItHas()
    {
        var plan = Samples.Plan("full");
        var own = World.Healthy(plan).Owned;
        var forged = own.Where(live => live.Kind.Namespaced && live.Kind != DeliverySection.Application).Select(live => MovedTo("team-evil", live)).ToList();
        forged.Should().NotBeEmpty();

        var seen = new ApplicationEnvironmentObserver(new KnownObjects([.. own, .. forged])).Observe(plan.Environment.Entity).Owned;

        seen.Select(live => live.Key).Should().BeEquivalentTo(own.Select(live => live.Key));
    }

    [Fact]
    public void TheNamespaceInStatus_CountsBeforeTheOneInTheManifest()
    {
        var plan = Samples.Plan("full");
        var own = World.Healthy(plan).Owned;
        var moved = Samples.Read("full", json => json.Spec()["namespace"] = "elsewhere");
        moved = new() { Metadata = moved.Metadata, Spec = moved.Spec, Status = moved.Status with { Namespace = plan.Environment.Namespace } };

        new ApplicationEnvironmentObserver(new KnownObjects([.. own])).Observe(moved).Owned.Should().HaveCount(own.Count);
    }

    private static KubeObject MovedTo(string @namespace, KubeObject live)
    {
        var json = live.ToJson().DeepClone().AsObject();
        json["metadata"]!["namespace"] = @namespace;
        return KubeObject.From(live.Kind, json);
    }
}
