using System.Text.Json.Nodes;
using Idp.Sandbox.Yaml;
using Idp.Testing.Crash;

namespace Idp.Sandbox.Tests.Crash;

public sealed class CanonicalFormTest
{
    private const string Uid = "0b1f6a52-7f0e-4a68-9d5c-1c1f6c0e8f11";

    private static readonly Dictionary<string, string> Known = new()
    {
        [Uid] = "<uid of BackendApp team-APP/APP>",
        ["1f0e7c6cbb1d8f3e2a94d5b60718293a4b5c6d7e"] = "<main of APP>",
        ["100004"] = "<id of APP>",
    };

    [Theory]
    [InlineData("crash0004-staging", "APP-staging")]
    [InlineData("team-crash0004/crash0004", "team-APP/APP")]
    [InlineData("at 2026-03-01T10:20:30Z", "at <time>")]
    [InlineData("2026-03-01T10:20:30.1234567+00:00", "<time>")]
    [InlineData($"owner {Uid}", "owner <uid of BackendApp team-APP/APP>")]
    [InlineData("owner 99999999-7f0e-4a68-9d5c-1c1f6c0e8f11", "owner <uid>")]
    [InlineData("1f0e7c6cbb1d8f3e2a94d5b60718293a4b5c6d7e", "<main of APP>")]
    [InlineData("2f0e7c6cbb1d8f3e2a94d5b60718293a4b5c6d7e", "<hash>")]
    [InlineData("default-token-x7k2p", "default-token-<random>")]
    [InlineData("10.0.0.17", "<address>")]
    [InlineData("All environments are ready: staging, production.", "All environments are ready: staging, production.")]
    [InlineData("postgresql 17, 50Gi, numeric(12, 2)", "postgresql 17, 50Gi, numeric(12, 2)")]
    public void OnlyWhatNoTwoRunsShareIsReplaced(string text, string expected) =>
        new CanonicalForm("crash0004", Known).Text(text).Should().Be(expected);

    [Fact]
    public void EveryFieldIsALineButVersionsAndTheTimesOfManagers() => Facts($$"""
        metadata:
          name: crash0004
          resourceVersion: "817"
          generation: 3
          finalizers: [idp.dev/cleanup]
          ownerReferences: [{kind: BackendApp, name: crash0004, uid: {{Uid}} }]
          managedFields: [{manager: idp-operator, operation: Apply, time: "2026-03-01T10:20:30Z", fieldsV1: {"f:spec": {} } }]
        spec: {replicas: 2, labels: {} }
        status:
          repository: {id: 100004}
          approvedAt: 1767225600
        """).Should().BeEquivalentTo(new Dictionary<string, string>
    {
        ["metadata.name"] = "APP",
        ["metadata.finalizers[0]"] = "idp.dev/cleanup",
        ["metadata.ownerReferences[BackendApp APP].kind"] = "BackendApp",
        ["metadata.ownerReferences[BackendApp APP].name"] = "APP",
        ["metadata.ownerReferences[BackendApp APP].uid"] = "<uid of BackendApp team-APP/APP>",
        ["metadata.managedFields[idp-operator Apply].manager"] = "idp-operator",
        ["metadata.managedFields[idp-operator Apply].operation"] = "Apply",
        ["metadata.managedFields[idp-operator Apply].fieldsV1.f:spec"] = "{}",
        ["spec.replicas"] = "2",
        ["spec.labels"] = "{}",
        ["status.repository.id"] = "<id of APP>",
        ["status.approvedAt"] = "<time>",
    });

    [Fact]
    public void TheOrderOfElementsWithNamesDoesNotMatterButDoubledOnesDo()
    {
        var one = Facts("list: [{name: a, value: 1}, {name: b, value: 2}]");
        var turned = Facts("list: [{name: b, value: 2}, {name: a, value: 1}]");
        var doubled = Facts("list: [{name: a, value: 1}, {name: a, value: 1}, {name: b, value: 2}]");

        turned.Should().BeEquivalentTo(one);
        doubled.Keys.Should().Contain("list[a #2].name");
    }

    [Fact]
    public void TheValuesOfASecretDoNotGetIn() => Facts("{kind: Secret, data: {STRIPE_KEY: ZmFrZS0x}, type: Opaque}")
        .Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["kind"] = "Secret",
            ["data.STRIPE_KEY"] = "<value>",
            ["type"] = "Opaque",
        });

    private static IReadOnlyDictionary<string, string> Facts(string yaml) =>
        new CanonicalForm("crash0004", Known).Of((JsonObject)YamlText.Read(yaml)[0]!);
}
