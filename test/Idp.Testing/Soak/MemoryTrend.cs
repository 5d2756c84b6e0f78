using System.Globalization;

namespace Idp.Testing.Soak;

/// <summary>Compares what a process held at the beginning of a long run with what it held at the end.</summary>
/// <remarks>
/// The first tenth of the samples is warm-up and does not count: code is compiled, pools and caches grow to their size.
/// Of the rest the medians of the first and of the last tenth are compared, since single samples catch work under way.
/// </remarks>
internal sealed class MemoryTrend
{
    /// <summary>How much more the heap may hold at the end: what a leak of some 100 bytes in each of 10,000 rounds comes to.</summary>
    /// <remarks>Work that is under way when a sample is taken makes half of that difference by itself.</remarks>
    public const long HeapBound = 1024 * 1024;

    /// <summary>How much more memory the process may have: pages that it keeps come and go, a leak of native memory only comes.</summary>
    public const long WorkingSetBound = 32 * 1024 * 1024;

    private readonly List<MemorySample> _samples = [];

    /// <summary>How much the live heap grew.</summary>
    public long HeapGrowth => Last.Heap - First.Heap;

    /// <summary>How much the working set grew.</summary>
    public long WorkingSetGrowth => Last.WorkingSet - First.WorkingSet;

    /// <summary>Whether both kept within their bounds.</summary>
    public bool IsFlat => HeapGrowth <= HeapBound && WorkingSetGrowth <= WorkingSetBound;

    private int Tenth => Math.Max(1, _samples.Count / 10);

    private MemorySample First => MedianOf(_samples.Skip(Tenth).Take(Tenth));

    private MemorySample Last => MedianOf(_samples.TakeLast(Tenth));

    /// <summary>Adds a sample; at least three make a trend.</summary>
    public void Add(MemorySample sample) => _samples.Add(sample);

    /// <summary>Returns both comparisons with their bounds, for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"live heap {Mega(First.Heap)} -> {Mega(Last.Heap)} MiB ({HeapGrowth / 1024.0:+0;-0;0} KiB; bound +{HeapBound / 1024} KiB), "
        + $"working set {Mega(First.WorkingSet)} -> {Mega(Last.WorkingSet)} MiB (bound +{WorkingSetBound / 1024 / 1024} MiB)");

    private static MemorySample MedianOf(IEnumerable<MemorySample> samples)
    {
        var all = samples.ToList();
        return new MemorySample(Median([.. all.Select(sample => sample.Heap)]), Median([.. all.Select(sample => sample.WorkingSet)]));
    }

    private static long Median(List<long> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    private static string Mega(long bytes) => (bytes / 1024.0 / 1024.0).ToString("0.00", CultureInfo.InvariantCulture);
}
