using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class ManifestNamespaceTest
{
    [Fact]
    public void ANamespaceThatWasMadeForAnEnvironmentHoldsNoManifests()
    {
        var grant = Grants.MayHoldManifests(Namespace((Labels.ManagedBy, Labels.Manager), (Labels.Environment, "grab"), (Labels.EnvironmentNamespace, "team-shop")));

        grant.Allowed.Should().BeFalse();
        grant.Message.Should().StartWith("metadata.namespace: team-payments was made for ApplicationEnvironment team-shop/grab");
    }

    [Fact]
    public void ANamespaceOfATeamDoes()
    {
        Grants.MayHoldManifests(Namespace((Labels.Team, "payments"))).Allowed.Should().BeTrue();
        Grants.MayHoldManifests(Namespace((Labels.ManagedBy, "terraform"), (Labels.Environment, "production"))).Allowed.Should().BeTrue("others may use the word");
        Grants.MayHoldManifests(null).Allowed.Should().BeTrue("it is not known yet");
    }

    private static KubeObject Namespace(params (string Name, string Value)[] labels) => KubeObject.From(
        WellKnownKinds.Namespace,
        new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = "team-payments",
                ["labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Name, (JsonNode?)label.Value))),
            },
        });
}
