using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Tests.ApplicationEnvironments;

namespace Idp.Operator.Tests.BackendApps;

/// <summary>Who waits for something that another one has comes back when that one gives it up, and nobody comes back for nothing.</summary>
public sealed class AppTriggersTest
{
    private static readonly KubeObject Holder = App("team-a/shop", """{"repository": {"name": "Wanted"}}""", """{"repository": {"id": 7, "name": "wanted", "owner": "acme"}}""");

    private const string Staging = """{"stage": "Staging"}""";

    [Theory]
    [InlineData("team-b/wanted", "{}", "{}", true)]
    [InlineData("team-b/other", """{"repository": {"name": "WANTED"}}""", "{}", true)]
    [InlineData("team-b/other", """{"repository": {"name": "unwanted"}}""", "{}", false)]
    [InlineData("team-b/other", "{}", """{"repository": {"id": 7, "name": "renamed"}}""", true)]
    [InlineData("team-b/other", "{}", """{"deploymentRepository": {"id": 7, "name": "renamed"}}""", true)]
    [InlineData("team-b/other", "{}", """{"repository": {"id": 8, "name": "renamed"}}""", false)]
    public void WhoWantsTheName_OrHoldsTheNumber_Waits(string key, string spec, string status, bool waits)
    {
        var other = App(key, spec, status);

        RepositoryIndex.CompetitorsOf(new KnownObjects(Holder, other), Holder).Should().Equal(waits ? [other.Key] : []);
    }

    [Fact]
    public void WhoWantsItForItsDeploymentManifests_Waits()
    {
        var holder = App("team-a/shop", """{"repository": {"name": "wanted-deploy"}}""", "{}");
        var other = App("team-b/wanted", """{"repository": {"deployment": "Separate"}}""", "{}");

        RepositoryIndex.CompetitorsOf(new KnownObjects(holder, other), holder).Should().Equal(other.Key);
        RepositoryIndex.CompetitorsOf(new KnownObjects(holder, other), other).Should().Equal(holder.Key);
    }

    [Fact]
    public void ADeletion_ASuccessor_ARename_AndANewManifest_AreNews_AndNothingElseIs()
    {
        RepositoryIndex.HasChanged(Holder, after: null).Should().BeTrue();
        RepositoryIndex.HasChanged(Holder, App("team-a/shop", "{}", "{}", uid: "another")).Should().BeTrue();
        RepositoryIndex.HasChanged(Holder, App("team-a/shop", """{"repository": {"name": "wanted"}}""", """{"repository": {"id": 7, "name": "renamed"}}""")).Should().BeTrue();
        RepositoryIndex.HasChanged(Holder, App("team-a/shop", """{"repository": {"name": "moved"}}""", """{"repository": {"id": 7, "name": "wanted"}}""")).Should().BeTrue();
        RepositoryIndex.HasChanged(Holder, App("team-a/shop", """{"replicas": 3, "repository": {"name": "wanted"}}""", """{"team": "a", "repository": {"id": 7, "name": "wanted"}}""")).Should().BeFalse();
        RepositoryIndex.HasChanged(before: null, Holder).Should().BeFalse("nobody waited for what was not there");
    }

    [Fact]
    public void AnEnvironmentThatIsInTheWay_LeadsToWhoMayWantItsName()
    {
        var (wants, neighbour, elsewhere) = (App("team-a/shop", "{}", "{}"), App("team-a/sho", "{}", "{}"), App("team-b/shop", "{}", "{}"));
        var environment = KubeObject.From(
            ApplicationEnvironment.ResourceKind, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop-staging", ["namespace"] = "team-a" } });

        AppTriggers.OfName(new KnownObjects(wants, neighbour, elsewhere), environment).Should().Equal(wants.Key);
    }

    [Fact]
    public void AnEnvironmentThatWasMadeAndSaysNothingYet_IsNoNews_AndEverythingElseAboutItIs()
    {
        var (silent, speaking) = (Environment(Staging, null), Environment(Staging, """{"namespace": "shop-staging"}"""));

        AppTriggers.IsNews(before: null, silent).Should().BeFalse("who made it knows");
        AppTriggers.IsNews(before: null, speaking).Should().BeTrue();
        AppTriggers.IsNews(silent, speaking).Should().BeTrue();
        AppTriggers.IsNews(silent, Environment("""{"stage": "Production"}""", null)).Should().BeTrue("somebody edited it");
        AppTriggers.IsNews(silent, after: null).Should().BeTrue("it is gone");
        AppTriggers.IsNews(speaking, Environment(Staging, With(Conditions.SecretsReady))).Should().BeFalse("the application tells of Ready, not of its parts");
        AppTriggers.IsNews(speaking, Environment(Staging, With(Conditions.Ready))).Should().BeTrue();
    }

    private static string With(string condition) => $$"""
        {"namespace": "shop-staging", "conditions": [{"type": "{{condition}}", "status": "False", "reason": "R", "message": "M",
         "observedGeneration": 99, "lastTransitionTime": "2026-11-01T12:00:00Z"}]}
        """;

    private static KubeObject Environment(string spec, string? status) => KubeObject.From(ApplicationEnvironment.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "shop-staging", ["namespace"] = "team-a", ["uid"] = "1", ["generation"] = spec.Length },
        ["spec"] = JsonNode.Parse(spec),
        ["status"] = status is null ? null : JsonNode.Parse(status),
    });

    private static KubeObject App(string key, string spec, string status, string uid = "uid-1") => KubeObject.From(BackendApp.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = key.Split('/')[1], ["namespace"] = key.Split('/')[0], ["uid"] = uid },
        ["spec"] = JsonNode.Parse(spec),
        ["status"] = JsonNode.Parse(status),
    });
}
