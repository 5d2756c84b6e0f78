using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Apply;

public sealed class ComparerTest
{
    private static readonly ResourceKind Kind = new("test.dev", "v1", "Thing", "things");

    [Fact]
    public void WantedAndOwnedFields_AreNoDifference() =>
        Compare("""{"spec":{"a":1,"b":"x"}}""", """{"spec":{"a":1,"b":"x"}}""", """{"f:spec":{"f:a":{},"f:b":{}}}""").Should().BeEmpty();

    [Fact]
    public void FieldsOfOthers_AreNoDifference() =>
        Compare("""{"spec":{"a":1}}""", """{"spec":{"a":1,"theirs":2},"status":{"ready":true}}""", """{"f:spec":{"f:a":{}}}""").Should().BeEmpty();

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1e3", "1000")]
    [InlineData("0.1", "0.10")]
    [InlineData("123456789012345678", "123456789012345678")]
    public void NumbersAreComparedByValue(string desired, string live) =>
        Compare($$"""{"spec":{{desired}}}""", $$"""{"spec":{{live}}}""", """{"f:spec":{}}""").Should().BeEmpty();

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("123456789012345678", "123456789012345679")]
    [InlineData("true", "false")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("{\"a\":1}", "[1]")]
    [InlineData("[1]", "{\"a\":1}")]
    [InlineData("{\"a\":1}", "1")]
    [InlineData("1", "{\"a\":1}")]
    public void OtherValuesAndOtherTypes_AreChanged(string desired, string live) =>
        Compare($$"""{"spec":{{desired}}}""", $$"""{"spec":{{live}}}""", """{"f:spec":{}}""")
            .Should().ContainSingle().Which.ToString().Should().Be("spec (Changed)");

    [Fact]
    public void MissingField_IsNamedByItsPath() =>
        Paths("""{"spec":{"a":{"b":1}}}""", """{"spec":{"a":{}}}""", """{"f:spec":{"f:a":{"f:b":{}}}}""").Should().Equal("spec.a.b (Missing)");

    [Fact]
    public void FieldNoLongerWanted_IsADifference_OnlyWhileItIsThere()
    {
        const string Owned = """{"f:metadata":{"f:labels":{"f:old":{}}},"f:spec":{"f:a":{},"f:gone":{}}}""";

        Paths("""{"spec":{"a":1}}""", """{"metadata":{"labels":{"old":"x"}},"spec":{"a":1}}""", Owned)
            .Should().Equal("metadata.labels.old (NoLongerWanted)");
        Paths("""{"spec":{"a":1}}""", """{"spec":{"a":1}}""", Owned).Should().BeEmpty();
    }

    [Fact]
    public void NullInDesired_IsNotWanted()
    {
        Paths("""{"spec":{"a":1,"b":null}}""", """{"spec":{"a":1}}""", """{"f:spec":{"f:a":{}}}""").Should().BeEmpty();
        Paths("""{"spec":{"a":1,"b":null}}""", """{"spec":{"a":1,"b":2}}""", """{"f:spec":{"f:a":{},"f:b":{}}}""")
            .Should().Equal("spec.b (NoLongerWanted)");
    }

    [Fact]
    public void WantedFieldThatIsNotOurs_IsADifference() =>
        Paths("""{"spec":{"a":1,"b":2}}""", """{"spec":{"a":1,"b":2}}""", """{"f:spec":{"f:a":{}}}""").Should().Equal("spec.b (NotOwned)");

    [Fact]
    public void ObjectThatWeNeverApplied_IsADifference_AndValuesAreStillCompared() =>
        Paths("""{"spec":{"a":1,"b":2}}""", """{"spec":{"a":1,"b":3}}""", owned: null).Should().Equal(" (NotOwned)", "spec.b (Changed)");

    [Fact]
    public void Identity_IsNobodysField() =>
        Paths(
            """{"apiVersion":"test.dev/v1","kind":"Thing","metadata":{"name":"x","namespace":"y","uid":"z"},"spec":{}}""",
            """{"spec":{}}""",
            """{"f:spec":{}}""").Should().BeEmpty();

    [Fact]
    public void KeyedList_IsComparedByKeys_WhateverTheOrder()
    {
        const string Owned = """{"f:ports":{"k:{\"port\":80}":{".":{},"f:port":{},"f:name":{}},"k:{\"port\":443}":{".":{},"f:port":{}}}}""";
        const string Live = """{"ports":[{"port":443,"theirs":1},{"port":9},{"port":80,"name":"web"}]}""";

        Paths("""{"ports":[{"port":80,"name":"web"},{"port":443}]}""", Live, Owned).Should().BeEmpty();
        Paths("""{"ports":[{"port":80,"name":"www"},{"port":443}]}""", Live, Owned).Should().Equal("ports[port=80].name (Changed)");
        Paths("""{"ports":[{"port":80},{"port":443}]}""", Live, Owned).Should().Equal("ports[port=80].name (NoLongerWanted)");
        Paths("""{"ports":[{"port":80,"name":"web"}]}""", Live, Owned).Should().Equal("ports[port=443] (NoLongerWanted)");
        Paths("""{"ports":[{"port":80,"name":"web"},{"port":443},{"port":8080}]}""", Live, Owned).Should().Equal("ports[port=8080] (Missing)");
        Paths("""{"ports":[{"port":80,"name":"web"},{"port":443},{"port":9}]}""", Live, Owned).Should().Equal("ports[port=9].port (NotOwned)");
    }

    [Fact]
    public void KeyWithADefault_MayBeLeftOut()
    {
        const string Owned = """{"f:ports":{"k:{\"port\":53,\"protocol\":\"TCP\"}":{".":{},"f:port":{}},"k:{\"port\":53,\"protocol\":\"UDP\"}":{".":{},"f:port":{},"f:protocol":{}}}}""";
        const string Live = """{"ports":[{"port":53,"protocol":"TCP"},{"port":53,"protocol":"UDP"}]}""";

        Paths("""{"ports":[{"port":53},{"port":53,"protocol":"UDP"}]}""", Live, Owned).Should().BeEmpty();
        Paths("""{"ports":[{"port":53,"protocol":"UDP"},{"port":53}]}""", Live, Owned).Should().BeEmpty();
        Paths("""{"ports":[{"port":53,"protocol":"UDP"}]}""", Live, Owned).Should().Equal("ports[port=53,protocol=TCP] (NoLongerWanted)");
    }

    [Fact]
    public void Set_IsComparedByValues_WhateverTheOrder()
    {
        const string Owned = """{"f:hosts":{".":{},"v:\"a\"":{},"v:\"b\"":{}}}""";
        const string Live = """{"hosts":["b","theirs","a"]}""";

        Paths("""{"hosts":["a","b"]}""", Live, Owned).Should().BeEmpty();
        Paths("""{"hosts":["a"]}""", Live, Owned).Should().Equal("hosts[b] (NoLongerWanted)");
        Paths("""{"hosts":["a","b","c"]}""", Live, Owned).Should().Equal("hosts[c] (Missing)");
        Paths("""{"hosts":["a","b","theirs"]}""", Live, Owned).Should().Equal("hosts[theirs] (NotOwned)");
    }

    [Fact]
    public void AtomicList_IsComparedInOrder()
    {
        const string Owned = """{"f:rules":{}}""";
        const string Live = """{"rules":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"}]}""";

        Paths("""{"rules":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"}]}""", Live, Owned).Should().BeEmpty();
        Paths("""{"rules":[{"port":81,"protocol":"TCP"},{"port":80,"protocol":"TCP"}]}""", Live, Owned)
            .Should().Equal("rules[0].port (Changed)", "rules[1].port (Changed)");
        Paths("""{"rules":[{"port":80,"protocol":"TCP"}]}""", Live, Owned).Should().Equal("rules (Changed)");
        Paths("""{"rules":[]}""", Live, Owned).Should().Equal("rules (Changed)");
    }

    /// <summary>Nothing says who set what is in there, so it counts as ours of before.</summary>
    [Fact]
    public void FieldNoLongerWanted_InWhatIsOwnedAsAWhole_IsADifference()
    {
        const string Live = """{"rules":[{"port":80,"peer":{"labels":{"a":"b"}},"empty":{}}],"selector":{"a":"b","c":"d"}}""";
        const string Owned = """{"f:rules":{},"f:selector":{}}""";

        Paths("""{"rules":[{"port":80}],"selector":{"a":"b","c":"d"}}""", Live, Owned).Should().Equal("rules[0].peer (NoLongerWanted)");
        Paths("""{"rules":[{"port":80,"peer":{}}],"selector":{"a":"b","c":"d"}}""", Live, Owned)
            .Should().Equal("rules[0].peer.labels (NoLongerWanted)");
        Paths("""{"rules":[{"port":80,"peer":{"labels":{"a":"b"}}}],"selector":{"a":"b"}}""", Live, Owned)
            .Should().Equal("selector.c (NoLongerWanted)");
    }

    /// <summary>A RoleBinding as servers of today keep it: roleRef is a leaf.</summary>
    [Fact]
    public void AtomicMap_IsComparedAsAWhole()
    {
        const string Owned = """{"f:metadata":{"f:labels":{"f:team":{}}},"f:roleRef":{},"f:subjects":{}}""";
        const string Group = "rbac.authorization.k8s.io";
        const string Rest = $$"""
            "metadata":{"labels":{"team":"a"} },"subjects":[{"kind":"Group","name":"team","apiGroup":"{{Group}}"}]
            """;
        const string Live = $$"""{"roleRef":{"apiGroup":"{{Group}}","kind":"ClusterRole","name":"edit"},{{Rest}} }""";

        Paths(Live, Live, Owned).Should().BeEmpty();
        Paths($$"""{"roleRef":{"apiGroup":"{{Group}}","kind":"ClusterRole","name":"view"},{{Rest}} }""", Live, Owned).Should().Equal("roleRef.name (Changed)");
        Paths($$"""{"roleRef":{"kind":"ClusterRole","name":"edit"},{{Rest}} }""", Live, Owned).Should().Equal("roleRef.apiGroup (NoLongerWanted)");
        Paths("{" + Rest + "}", Live, Owned).Should().Equal("roleRef (NoLongerWanted)");
        Paths(Live, Live, """{"f:metadata":{"f:labels":{"f:team":{}}},"f:subjects":{}}""")
            .Should().Equal("roleRef.apiGroup (NotOwned)", "roleRef.kind (NotOwned)", "roleRef.name (NotOwned)");
    }

    /// <summary>What a stranger put into an element makes the list theirs.</summary>
    [Fact]
    public void AtomicListThatIsNoLongerOurs_IsADifference() =>
        Paths("""{"rules":[{"port":80}],"a":1}""", """{"rules":[{"port":80,"wide":"open"}],"a":1}""", """{"f:a":{}}""")
            .Should().Equal("rules (NotOwned)");

    [Fact]
    public void EmptyMapOrList_IsWantedToo()
    {
        Paths("""{"selector":{}}""", "{}", """{"f:other":{}}""").Should().Equal("selector (Missing)");
        Paths("""{"selector":{}}""", """{"selector":{"any":"thing"}}""", """{"f:selector":{}}""").Should().BeEmpty();
        Paths("""{"selector":{}}""", "{}", """{"f:selector":{}}""").Should().BeEmpty("the server keeps no empty map there, and we own the place");
        Paths("""{"selector":{}}""", """{"selector":{}}""", """{"f:other":{}}""").Should().Equal("selector (NotOwned)");
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("false")]
    public void ValueThatSaysNothing_MayBeDroppedByTheServer_AsLongAsItIsOurs(string value)
    {
        Paths($$"""{"value":{{value}},"a":1}""", """{"a":1}""", """{"f:a":{},"f:value":{}}""").Should().BeEmpty();
        Paths($$"""{"value":{{value}},"a":1}""", """{"a":1}""", """{"f:a":{}}""").Should().Equal("value (Missing)");
    }

    [Fact]
    public void FieldsOfAnotherSubresourceOrVersionOrOperation_AreNotOurs()
    {
        var live = KubeObject.From(Kind, JsonNode.Parse(
            """
            {"metadata":{"name":"x","managedFields":[
              {"manager":"us","operation":"Update","apiVersion":"test.dev/v1","fieldsV1":{"f:a":{}}},
              {"manager":"us","operation":"Apply","apiVersion":"test.dev/v2","fieldsV1":{"f:a":{}}},
              {"manager":"us","operation":"Apply","apiVersion":"test.dev/v1","subresource":"status","fieldsV1":{"f:status":{}}}]},
             "a":1,"status":2}
            """)!.AsObject());

        Comparer.Compare(new JsonObject { ["a"] = 1 }, live, "us").Should().ContainSingle().Which.Kind.Should().Be(DifferenceKind.NotOwned);
        Comparer.Compare(new JsonObject { ["status"] = 2 }, live, "us", "status").Should().BeEmpty();
    }

    private static IEnumerable<string> Paths(string desired, string live, string? owned) =>
        Compare(desired, live, owned).Select(difference => difference.ToString());

    private static IReadOnlyList<Difference> Compare(string desired, string live, string? owned)
    {
        var json = JsonNode.Parse(live)!.AsObject();
        var metadata = json["metadata"] as JsonObject ?? [];
        metadata.Parent?.AsObject().Remove("metadata");
        metadata["name"] = "x";
        metadata["managedFields"] = owned is null ? new JsonArray() : new JsonArray(new JsonObject
        {
            ["manager"] = "us",
            ["operation"] = "Apply",
            ["apiVersion"] = Kind.ApiVersion,
            ["fieldsV1"] = JsonNode.Parse(owned),
        });
        json["metadata"] = metadata;
        return Comparer.Compare(JsonNode.Parse(desired)!.AsObject(), KubeObject.From(Kind, json), "us");
    }
}
