using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class HostUseTest
{
    private const string Host = "pay.acme.dev";

    [Theory]
    [InlineData(null, "2026-01-01T00:00:00Z", "team-shop/other")]
    [InlineData("https://old.acme.dev", "2026-01-01T00:00:00Z", "team-shop/other")]
    [InlineData("https://pay.acme.dev", "2026-01-01T00:00:00Z", null)]
    [InlineData("https://pay.acme.dev", "2026-01-03T00:00:00Z", "team-shop/other")]
    public void WhoHasAHostKeepsIt(string? url, string created, string? holder)
    {
        var other = Environment("team-shop", "other", Host, "https://pay.acme.dev", "2026-01-02T00:00:00Z");
        var asker = Environment("team-payments", "asker", Host, url, created);

        HostUse.Holder(Read(asker), new KnownObjects(other, asker)).Should().Be(holder);
    }

    [Fact]
    public void OneTeamMayHaveTwoEnvironmentsBehindOneHost()
    {
        var other = Environment("team-shop", "other", Host, "https://pay.acme.dev", "2026-01-01T00:00:00Z");
        var asker = Environment("team-shop", "asker", Host, url: null, "2026-01-02T00:00:00Z");

        HostUse.Holder(Read(asker), new KnownObjects(other, asker)).Should().BeNull();
    }

    [Fact]
    public void WhoOnlyAsksForAHostHasItNot()
    {
        var older = Environment("team-shop", "other", Host, url: null, "2026-01-01T00:00:00Z");
        var asker = Environment("team-payments", "asker", Host, url: null, "2026-01-02T00:00:00Z");

        HostUse.Holder(Read(asker), new KnownObjects(older, asker)).Should().BeNull();
    }

    [Fact]
    public void AHostThatIsGivenUpBringsBackWhoAsksForIt()
    {
        var holder = Environment("team-shop", "other", Host, "https://pay.acme.dev", "2026-01-01T00:00:00Z");
        var asker = Environment("team-payments", "asker", Host, url: null, "2026-01-02T00:00:00Z");

        HostUse.HasChanged(holder, after: null).Should().BeTrue();
        HostUse.HasChanged(holder, holder).Should().BeFalse();
        HostUse.Askers(new KnownObjects(holder, asker), holder).Should().Equal(asker.Key);
    }

    private static ApplicationEnvironment Read(KubeObject live) => live.Deserialize(ApplicationEnvironment.JsonType);

    private static KubeObject Environment(string home, string name, string host, string? url, string created) => KubeObject.From(
        ApplicationEnvironment.ResourceKind,
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = home, ["uid"] = $"uid-{name}", ["creationTimestamp"] = created },
            ["spec"] = new JsonObject
            {
                ["application"] = name,
                ["stage"] = "Staging",
                ["host"] = host,
                ["source"] = new JsonObject { ["repoURL"] = "https://github.com/acme/shop.git", ["path"] = "deploy" },
            },
            ["status"] = new JsonObject { ["url"] = url },
        });
}
