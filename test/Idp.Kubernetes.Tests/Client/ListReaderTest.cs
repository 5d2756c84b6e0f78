using System.Text;
using System.Text.Json;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Client;

public sealed class ListReaderTest
{
    private const string Page = """
        { "kind": "ConfigMapList", "apiVersion": "v1", "extra": {"items": [1, {"a": [2]}]},
          "metadata": {"selfLink": "x", "continue": "next", "resourceVersion": "42", "remainingItemCount": 7},
          "items": [ {"metadata": {"name": "a", "uid": "1"}, "data": {"text": "[{\"é\\\""}} ,{"metadata":{"name":"b"}}, {"metadata":{"name":"c"},"data":{}} ] }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task HoweverTheTextArrives_TheObjectsAreTheSame(int chunk)
    {
        var list = await ReadAsync(Page, chunk);

        list.ResourceVersion.Should().Be("42");
        list.Continue.Should().Be("next");
        list.Items.Select(item => item.Metadata.Name).Should().Equal("a", "b", "c");
        list.Items[0].ToJson()["data"]!["text"]!.GetValue<string>().Should().Be("[{\"é\\\"");
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task ObjectLargerThanWhatArrivesAtOnce_IsWhole(int chunk)
    {
        var text = new string('x', 1_400_000);
        var page = $$$"""{"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"large"},"data":{"text":"{{{text}}}"}},{"metadata":{"name":"z"}}],"metadata":{"resourceVersion":"1"}}""";

        var list = await ReadAsync(page, chunk);

        list.Items.Select(item => item.Metadata.Name).Should().Equal("a", "large", "z");
        list.Items[1].ToJson()["data"]!["text"]!.GetValue<string>().Should().Be(text);
        list.Continue.Should().BeNull();
    }

    [Theory]
    [InlineData("""{"metadata":{"resourceVersion":"1"}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":null}""")]
    [InlineData("""{"items":[],"metadata":{"resourceVersion":"1","continue":""}}""")]
    public async Task ListOfNothing_IsEmpty(string page)
    {
        var list = await ReadAsync(page, 10);

        list.Items.Should().BeEmpty();
        list.Continue.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"kind":"Status","metadata":{},"code":200}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[1]}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}}]""")]
    [InlineData("""{"metadata":{"resourceVersion":1},"items":[]}""")]
    public async Task WhatIsNoWholeList_IsNotTakenForAnEmptyOne(string page)
    {
        foreach (var chunk in new[] { 1, 1000 })
        {
            var read = () => ReadAsync(page, chunk);

            await read.Should().ThrowAsync<JsonException>();
        }
    }

    private static async Task<KubeList> ReadAsync(string page, int chunk)
    {
        await using var text = new Trickle(Encoding.UTF8.GetBytes(page), chunk);
        return await ListReader.ReadAsync(WellKnownKinds.ConfigMap, text, CancellationToken.None);
    }

    /// <summary>A text that arrives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] text, int chunk) : MemoryStream(text)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
