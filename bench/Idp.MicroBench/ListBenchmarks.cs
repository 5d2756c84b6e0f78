using System.Text;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.MicroBench;

/// <summary>From the bytes of a page to 500 objects: what a restart costs for every kind.</summary>
[MemoryDiagnoser]
public class ListBenchmarks
{
    private const int Items = 500;
    private readonly byte[] _apps = PageOf(LiveObject.BackendApp);
    private readonly byte[] _applications = PageOf(LiveObject.Application);

    [Benchmark]
    public async Task<int> PageOf500BackendApps() => await CountAsync(LiveObject.BackendApp.Kind, _apps);

    [Benchmark]
    public async Task<int> PageOf500Applications() => await CountAsync(LiveObject.Application.Kind, _applications);

    private static async Task<int> CountAsync(ResourceKind kind, byte[] page)
    {
        using var text = new MemoryStream(page);
        return (await ListReader.ReadAsync(kind, text, CancellationToken.None)).Items.Count;
    }

    private static byte[] PageOf(LiveObject item)
    {
        var items = Enumerable.Range(0, Items).Select(number =>
        {
            var copy = JsonNode.Parse(item.Bytes)!;
            copy["metadata"]!["name"] = $"item-{number}";
            return copy;
        });
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["apiVersion"] = item.Kind.ApiVersion,
            ["kind"] = $"{item.Kind.Kind}List",
            ["metadata"] = new JsonObject { ["resourceVersion"] = "12345", ["continue"] = "more" },
            ["items"] = new JsonArray([.. items]),
        }.ToJsonString());
    }
}
