using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns.Hosting;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.StandIns.Hosting;

public sealed class LikenessTest
{
    [Theory]
    [InlineData("{a: 1}", "{a: 1, b: 2}", true)]
    [InlineData("{a: 1}", "{a: 2}", false)]
    [InlineData("{a: 1}", "{}", false)]
    [InlineData("{a: null, b: {}, c: []}", "{}", true)]
    [InlineData("{limits: {cpu: 0.5}}", "{limits: {cpu: 500m}}", true)]
    [InlineData("{env: [{name: A, value: x}]}", "{env: [{name: B}, {name: A, value: x, more: 1}]}", true)]
    [InlineData("{args: [a]}", "{args: [a, b]}", false)]
    public void LooksOnlyAtWhatIsWanted(string wanted, string live, bool expected) =>
        Likeness.Covers(Read(live), Read(wanted)).Should().Be(expected);

    [Theory]
    [InlineData("{spec: {replicas: 1, env: [{name: A}]}}", false)]
    [InlineData("{spec: {env: [{name: A}]}}", true)]
    [InlineData("{spec: {replicas: 1, env: []}}", true)]
    public void AFieldThatIsNoLongerWantedIsALeftover(string wanted, bool expected)
    {
        var live = Read("""
            metadata:
              managedFields:
                - {manager: other, operation: Apply, fieldsV1: {"f:metadata": {"f:labels": {"f:x": {}}}}}
                - manager: mine
                  operation: Apply
                  fieldsV1: {"f:spec": {"f:replicas": {}, "f:env": {'k:{"name":"A"}': {".": {}, "f:name": {}}}}}
            """);

        Likeness.HasLeftovers(live, Read(wanted), "mine").Should().Be(expected);
    }

    private static JsonObject Read(string yaml) => YamlText.ReadObjects(yaml)[0];
}
