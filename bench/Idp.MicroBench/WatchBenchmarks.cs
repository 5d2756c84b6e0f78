using BenchmarkDotNet.Attributes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.MicroBench;

/// <summary>From the bytes of a connection to events; figures are of one line.</summary>
[MemoryDiagnoser]
public class WatchBenchmarks
{
    private const int Lines = 200;
    private readonly byte[] _apps = Repeat(LiveObject.BackendApp);
    private readonly byte[] _applications = Repeat(LiveObject.Application);

    [Benchmark(OperationsPerInvoke = Lines)]
    public Task<int> BackendAppLine() => ReadAsync(_apps, LiveObject.BackendApp.Kind);

    [Benchmark(OperationsPerInvoke = Lines)]
    public Task<int> ApplicationLine() => ReadAsync(_applications, LiveObject.Application.Kind);

    private static byte[] Repeat(LiveObject item) => [.. Enumerable.Repeat(item.Event(), Lines).SelectMany(line => line)];

    private static async Task<int> ReadAsync(byte[] lines, ResourceKind kind)
    {
        using var response = new HttpResponseMessage();
        await using var body = new MemoryStream(lines);
        await using var stream = new WatchStream(response, body, kind, TimeSpan.FromMinutes(5), TimeProvider.System);
        var count = 0;
        await foreach (var watched in stream)
        {
            count += watched.Object.Metadata.Name.Length > 0 ? 1 : 0;
        }

        return count == Lines ? count : throw new InvalidOperationException($"{count} events came out of {Lines} lines.");
    }
}
