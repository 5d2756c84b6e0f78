using System.Globalization;

namespace Idp.Testing.Soak;

/// <summary>What a process holds at one moment.</summary>
/// <param name="Heap">Bytes on its managed heap that a full collection has just left.</param>
/// <param name="WorkingSet">Bytes of it in physical memory.</param>
internal readonly record struct MemorySample(long Heap, long WorkingSet)
{
    /// <summary>Returns both, for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"live heap {Heap / 1048576.0:0.00} MiB, working set {WorkingSet / 1048576.0:0.0} MiB");
}
