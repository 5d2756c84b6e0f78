using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.StandIns.Workloads;

namespace Idp.Sandbox.Tests.StandIns;

public sealed class WorkloadsReactorTest
{
    private readonly WorkloadsReactor _reactor = new();

    private readonly KubeObject _deployment = Given.Object(ForeignKinds.Deployment, """
        metadata: {name: shop, generation: 2}
        spec:
          replicas: 2
          template:
            spec:
              containers:
                - name: shop
                  env:
                    - {name: KEY, valueFrom: {secretKeyRef: {name: shop-secrets, key: KEY}}}
                    - {name: MAYBE, valueFrom: {secretKeyRef: {name: other, key: KEY, optional: true}}}
        """);

    private readonly KubeObject _secret = Given.Object(ForeignKinds.Secret, "{metadata: {name: shop-secrets}, data: {KEY: eA==}}");

    [Fact]
    public void ADeploymentBecomesAvailable()
    {
        var status = _reactor.React(_deployment, Given.Moment(_secret)).Status;

        status.NumberAt(0, "observedGeneration").Should().Be(2);
        status.NumberAt(0, "availableReplicas").Should().Be(2);
        HealthWith(status).Should().Be("Healthy");
    }

    [Fact]
    public void PodsThatReferToAMissingSecretDoNotStart()
    {
        var status = _reactor.React(_deployment, Given.Moment()).Status;

        status.NumberAt(0, "availableReplicas").Should().Be(0);
        status!.ToJsonString().Should().Contain("secret \\u0022shop-secrets\\u0022 not found");
        HealthWith(status).Should().Be("Progressing");
    }

    [Fact]
    public void PodsThatReferToAMissingKeyDoNotStart()
    {
        var empty = Given.Object(ForeignKinds.Secret, "{metadata: {name: shop-secrets}, data: {OTHER: eA==}}");

        var status = _reactor.React(_deployment, Given.Moment(empty)).Status;

        status!.ToJsonString().Should().Contain("find key KEY in Secret shop/shop-secrets");
    }

    [Fact]
    public void ARolloutIsSeenAsLongAsItIsToldToTake()
    {
        var slow = Given.Moment(_secret) with { Delay = TimeSpan.FromSeconds(3) };

        var first = _reactor.React(_deployment, slow);
        var second = _reactor.React(_deployment.With(first.Status), slow with { Now = Given.Noon.AddSeconds(1) });
        var third = _reactor.React(_deployment.With(second.Status), slow with { Now = Given.Noon.AddSeconds(3) });

        HealthWith(first.Status).Should().Be("Progressing");
        second.Status!.ToJsonString().Should().Be(first.Status!.ToJsonString());
        second.LookAgain.Should().Be(TimeSpan.FromSeconds(2));
        HealthWith(third.Status).Should().Be("Healthy");
    }

    [Fact]
    public void AFaultIsAMissedDeadline()
    {
        var faults = new Faults();
        faults.Fail("Deployment.apps", _deployment.Key, "pods crash");

        var status = _reactor.React(_deployment, Given.Moment(_secret) with { Faults = faults }).Status;

        HealthWith(status).Should().Be("Degraded");
    }

    [Fact]
    public void AnIngressGetsAnAddress()
    {
        var ingress = Given.Object(ForeignKinds.Ingress, "{metadata: {name: shop}, spec: {}}");

        var status = _reactor.React(ingress, Given.Moment()).Status;

        ResourceHealth.Of(ingress.With(status).ToJson())!.Status.Should().Be("Healthy");
    }

    private string? HealthWith(JsonObject? status) => ResourceHealth.Of(_deployment.With(status).ToJson())?.Status;
}
