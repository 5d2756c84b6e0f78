using System.Text;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.CloudNativePg;

namespace Idp.Sandbox.Tests.StandIns;

public sealed class CloudNativePgReactorTest
{
    private readonly CloudNativePgReactor _reactor = new();

    private readonly KubeObject _subject = Given.Object(ForeignKinds.Cluster, """
        metadata: {name: shop-db}
        spec: {instances: 3, imageName: ghcr.io/cloudnative-pg/postgresql:17}
        """);

    [Fact]
    public void IsSettingUpUntilTheDelayIsOver()
    {
        var slow = Given.Moment() with { Delay = TimeSpan.FromSeconds(2) };

        var first = _reactor.React(_subject, slow);
        var second = _reactor.React(_subject.With(first.Status), slow with { Now = Given.Noon.AddSeconds(2) });

        first.Status.TextAt("phase").Should().Be("Setting up primary");
        first.Ready().Should().Be("False");
        first.LookAgain.Should().Be(TimeSpan.FromSeconds(2));
        second.Status.TextAt("phase").Should().Be("Cluster in healthy state");
        second.Ready().Should().Be("True");
        second.LookAgain.Should().BeNull();
    }

    [Fact]
    public void HealthyMeansAllInstancesAndOnePrimary()
    {
        var status = _reactor.React(_subject, Given.Moment()).Status;

        status.NumberAt(0, "readyInstances").Should().Be(3);
        status.TextAt("currentPrimary").Should().Be(status.TextAt("targetPrimary"));
        status.TextAt("writeService").Should().Be("shop-db-rw");
    }

    [Fact]
    public void TheAppSecretCarriesAnAddressAndKeepsItsPassword()
    {
        var first = _reactor.React(_subject, Given.Moment()).Makes.Single().Body;
        var again = _reactor.React(_subject, Given.Moment(KubeObject.From(ForeignKinds.Secret, first))).Makes.Single().Body;

        var uri = Encoding.UTF8.GetString(Convert.FromBase64String(first.TextAt("data", "uri")!));
        uri.Should().StartWith("postgresql://app:fake-").And.EndWith("@shop-db-rw.shop:5432/app");
        again["data"]!.ToJsonString().Should().Be(first["data"]!.ToJsonString());
    }

    [Fact]
    public void AFaultMakesItUnrecoverable()
    {
        var faults = new Faults();
        faults.Fail("Cluster.postgresql.cnpg.io", _subject.Key, "the disk is full");

        var status = _reactor.React(_subject, Given.Moment() with { Faults = faults }).Status;

        status.TextAt("phase").Should().Be("Cluster is unrecoverable and needs manual intervention");
        status.TextAt("phaseReason").Should().Be("the disk is full");
    }
}
