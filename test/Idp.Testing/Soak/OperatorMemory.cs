using System.Diagnostics.Tracing;
using Idp.Sandbox.World;
using Microsoft.Diagnostics.NETCore.Client;

namespace Idp.Testing.Soak;

/// <summary>Measures what an operator's process holds, not what it has not collected yet.</summary>
internal sealed class OperatorMemory(OperatorProcess process, OperatorMeters meters, TimeProvider clock)
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    // GCHeapCollect: a session that begins with it has the runtime do a full, blocking collection.
    // https://learn.microsoft.com/dotnet/framework/performance/clr-etw-keywords-and-levels
    private const long HeapCollect = 0x800000;

    // The session's buffer is memory of the process that is measured.
    private const int BufferMegabytes = 1;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Has everything collected that can be, and reads what is left.</summary>
    public async Task<MemorySample> SampleAsync(CancellationToken cancellationToken)
    {
        var before = await CollectionsAsync(cancellationToken);
        await CollectAsync(cancellationToken);
        while (await CollectionsAsync(cancellationToken) == before)
        {
            await Task.Delay(Poll, clock, cancellationToken);
        }

        var text = await meters.ReadAsync(cancellationToken);
        return new MemorySample(
            (long)text.Sum("dotnet_gc_last_collection_heap_size_bytes"), (long)text.Sum("dotnet_process_memory_working_set_bytes"));
    }

    private async Task<double> CollectionsAsync(CancellationToken cancellationToken) =>
        (await meters.ReadAsync(cancellationToken)).Sum("dotnet_gc_collections_total", "gen2");

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        var client = new DiagnosticsClient(process.Id);
        var provider = new EventPipeProvider(Runtime, EventLevel.Informational, HeapCollect);
        using var session = await client.StartEventPipeSessionAsync(
            [provider], requestRundown: false, BufferMegabytes, cancellationToken);
        var drained = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
        await session.StopAsync(cancellationToken);
        await drained;
    }
}
