using System.Text;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>Who owns a place that the comparer names.</summary>
public sealed class OtherManagersTest
{
    private const string Live = """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop", "managedFields": [
            {"manager": "idp-operator", "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:type": {}}}},
            {"manager": "bot", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {
                "f:metadata": {"f:labels": {"f:app.kubernetes.io/name": {}}, "f:finalizers": {"v:\"x.dev/y\"": {}}},
                "f:spec": {"f:ports": {"k:{\"port\":80,\"protocol\":\"TCP\"}": {"f:targetPort": {}}}, "f:selector": {}}}},
            {"manager": "its-controller", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1", "subresource": "status",
             "fieldsV1": {"f:spec": {"f:type": {}}}}]}}
        """;

    [Theory]
    [InlineData("metadata.labels.app.kubernetes.io/name", true)]
    [InlineData("metadata.labels.app.kubernetes.io/name-of-another", false)]
    [InlineData("metadata.labels", true)]
    [InlineData("metadata.finalizers[x.dev/y]", true)]
    [InlineData("metadata.finalizers[x.dev/z]", false)]
    [InlineData("spec.ports[port=80,protocol=TCP].targetPort", true)]
    [InlineData("spec.ports[port=80,protocol=TCP].name", false)]
    [InlineData("spec.ports[port=81,protocol=TCP].targetPort", false)]
    [InlineData("spec.selector.app", true)]
    [InlineData("spec.type", false)]
    public void OtherManager_IsWhoOwnsThePlaceOrSomethingInIt(string path, bool expected)
    {
        var live = KubeObject.Parse(WellKnownKinds.Service, Encoding.UTF8.GetBytes(Live));

        var managers = OtherManagers.Of(live, [new Difference(path, DifferenceKind.Changed)], "idp-operator");

        managers.Should().Equal(expected ? ["bot"] : []);
    }
}
