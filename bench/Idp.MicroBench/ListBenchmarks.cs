using System.Text;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Idp.Kubernetes.Client;

namespace Idp.MicroBench;

/// <summary>From the bytes of a page to 500 objects: what a restart costs for every kind.</summary>
[MemoryDiagnoser]
public class ListBenchmarks
{
    private const int Items = 500;
    private readonly byte[] _apps = PageOf(LiveObject.BackendApp);
    private readonly byte[] _applications = PageOf(LiveObject.Application);

    [Benchmark]
    public int PageOf500BackendApps() => ListReader.Read(LiveObject.BackendApp.Kind, _apps).Items.Count;

    [Benchmark]
    public int PageOf500Applications() => ListReader.Read(LiveObject.Application.Kind, _applications).Items.Count;

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
