using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Model;

public sealed class KubeObjectTest
{
    private const string Managers = """
        [{"manager":"helm","operation":"Update","apiVersion":"v1","time":"2026-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:a":{}}}},
         {"fieldsType":"FieldsV1","fieldsV1":{"f:status":{}},"manager":"idp","operation":"Apply","apiVersion":"v1","subresource":"status"}]
        """;

    [Theory]
    [InlineData("""{"metadata":{"managedFields":M,"name":"a","labels":{"x":"1"}},"data":{"a":"b"}}""")]
    [InlineData("""{"data":{"a":"b"},"metadata":{"name":"a","managedFields":M,"labels":{"x":"1"}}}""")]
    [InlineData("""{ "metadata" : { "name" : "a" , "labels":{"x":"1"} , "managedFields" : M } , "data":{"a":"b"} }""")]
    public void WhereverTheManagedFieldsStand_TheyAreReadAndTheRestIsKept(string text)
    {
        var item = Parse(text.Replace("M", Managers, StringComparison.Ordinal));

        item.Metadata.Name.Should().Be("a");
        item.Metadata.Labels.Should().BeEquivalentTo(new Dictionary<string, string> { ["x"] = "1" });
        Encoding.UTF8.GetString(item.Utf8Json.Span).Should().NotContain("managedFields");
        JsonNode.DeepEquals(item.ToJson(), JsonNode.Parse(text.Replace("M", Managers, StringComparison.Ordinal))).Should().BeTrue();
        item.ManagedFields.Select(entry => (entry.Manager, entry.Operation, entry.Subresource, entry.Time)).Should().Equal(
            ("helm", "Update", null, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), ("idp", "Apply", "status", null));
    }

    [Theory]
    [InlineData("""{"metadata":{"managedFields":M}}""")]
    [InlineData("""{"metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"name":"a","managedFields":null}}""")]
    [InlineData("""{"metadata":{}}""")]
    public void WhateverElseIsMissing_TheRestIsJson(string text)
    {
        var item = Parse(text.Replace("M", Managers, StringComparison.Ordinal));

        JsonNode.Parse(item.Utf8Json.Span)!["metadata"]!.AsObject().ContainsKey("managedFields").Should().BeFalse();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"metadata":null}""")]
    [InlineData("""{"metadata":{"managedFields":{}}}""")]
    [InlineData("""{"metadata":{"managedFields":[{"manager":1}]}}""")]
    [InlineData("""{"metadata":{"labels":{"a":1}}}""")]
    [InlineData("""{"metadata":{"name":"a"}""")]
    [InlineData("""{"metadata":{"name":"a"}}{""")]
    public void WhatIsNoObject_IsRefused(string text)
    {
        var parse = () => Parse(text);

        parse.Should().Throw<JsonException>();
    }

    [Fact]
    public void EqualFieldsAndLabels_AreShared()
    {
        // Other tests use the same tables and may push one of ours out in between, but hardly every time.
        Enumerable.Range(0, 100).Should().Contain(number => AreShared($"shop-{number}"));
    }

    [Fact]
    public void WhateverTheText_ItIsReadRight()
    {
        // More texts than the table of shared strings has places, and such as are written in several ways.
        for (var number = 0; number < 50_000; number++)
        {
            var value = $"v{number}é\"\\";
            var escaped = JsonSerializer.Serialize(value, KubeObjectTestJson.Default.String);

            Parse("""{"metadata":{"labels":{"a":V}}}""".Replace("V", escaped, StringComparison.Ordinal)).Metadata.Labels["a"].Should().Be(value);
        }
    }

    private static bool AreShared(string label)
    {
        var text = """{"metadata":{"labels":{"app":"L"},"managedFields":M}}"""
            .Replace("L", label, StringComparison.Ordinal).Replace("M", Managers, StringComparison.Ordinal);
        var (one, other) = (Parse(text), Parse(text));
        return ReferenceEquals(one.ManagedFields[0].Fields, other.ManagedFields[0].Fields)
            && ReferenceEquals(one.Metadata.Labels["app"], other.Metadata.Labels["app"]);
    }

    private static KubeObject Parse(string text) => KubeObject.Parse(WellKnownKinds.ConfigMap, Encoding.UTF8.GetBytes(text));
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class KubeObjectTestJson : System.Text.Json.Serialization.JsonSerializerContext;
