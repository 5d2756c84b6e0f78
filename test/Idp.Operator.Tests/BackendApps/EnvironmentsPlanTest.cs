using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Operator.BackendApps;

namespace Idp.Operator.Tests.BackendApps;

public sealed class EnvironmentsPlanTest
{
    private static readonly DeploymentSource Facts = new("https://github.com/acme/payment-service.git", "trunk");

    [Fact]
    public void EmptySpec_GivesThePlatformsEnvironments_WithNothingSetThatTheManifestDoesNotSet()
    {
        var environments = Plan("{}");

        environments.Select(e => (string?)e["metadata"]!["name"]).Should().Equal("payment-service-staging", "payment-service-production");
        environments[1]["spec"]!.ToJsonString().Should().Be(JsonNode.Parse(
            """
            {
              "application": "payment-service", "stage": "Production", "namespace": "payment-service-production", "team": "team-payments",
              "source": {
                "repoURL": "https://github.com/acme/payment-service.git", "path": "deploy/overlays/production", "targetRevision": "trunk"
              },
              "suspend": false
            }
            """)!.ToJsonString());
    }

    [Fact]
    public void Environments_AreOwnedByTheirBackendApp()
    {
        var metadata = Plan("{}")[0]["metadata"]!;

        var owner = metadata["ownerReferences"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)owner["uid"]).Should().Be(Apps.Uid);
        ((bool?)owner["controller"]).Should().BeTrue();
        ((string?)metadata["namespace"]).Should().Be("team-payments");
    }

    [Fact]
    public void Environments_AreBornWithTheirFinalizer() =>
        Plan("{}")[0]["metadata"]!["finalizers"]!.ToJsonString().Should().Be($"""["{Finalizers.ApplicationEnvironment}"]""");

    [Fact]
    public void AnEnvironmentsOwnWordWinsOverTheApplications()
    {
        var environments = Plan(
            """
            {
              "replicas": 1,
              "env": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "REGION", "value": "eu"}],
              "environments": [
                {"name": "staging"},
                {"name": "production", "replicas": 3, "host": "pay.acme.dev", "env": [{"name": "LOG_LEVEL", "value": "warning"}]}
              ]
            }
            """);

        ((int?)environments[0]["spec"]!["workload"]!["replicas"]).Should().Be(1);
        ((int?)environments[1]["spec"]!["workload"]!["replicas"]).Should().Be(3);
        ((string?)environments[1]["spec"]!["host"]).Should().Be("pay.acme.dev");
        environments[1]["spec"]!["workload"]!["env"]!.AsArray().Select(v => $"{v!["name"]}={v["value"]}")
            .Should().Equal("REGION=eu", "LOG_LEVEL=warning");
    }

    [Theory]
    [InlineData("ghcr.io/acme/payment-service", null)]
    [InlineData("ghcr.io/acme/payment-service:1.2.3", "ghcr.io/acme/payment-service:1.2.3")]
    public void OnlyAPinnedImageIsPassedOn(string image, string? expected)
    {
        var spec = Plan($$"""{"image": "{{image}}"}""")[0]["spec"]!;

        ((string?)spec["workload"]?["image"]).Should().Be(expected);
    }

    [Fact]
    public void AStageFollowsFromTheName_WhereNobodySaysIt()
    {
        var environments = Plan("""{"environments": [{"name": "dev"}, {"name": "production"}, {"name": "load", "stage": "Staging"}]}""");

        environments.Select(e => (string?)e["spec"]!["stage"]).Should().Equal("Development", "Production", "Staging");
    }

    private static IReadOnlyList<JsonObject> Plan(string spec)
    {
        var app = Apps.Read(spec);
        var resolved = ResolvedApp.Of(app, Apps.Settings, namespaceTeam: null);
        return [.. EnvironmentsPlan.For(app, resolved, Facts).Select(desired => desired.Body)];
    }
}
