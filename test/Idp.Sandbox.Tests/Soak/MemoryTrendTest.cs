using Idp.Testing.Soak;

namespace Idp.Sandbox.Tests.Soak;

public sealed class MemoryTrendTest
{
    private const int Samples = 100;
    private const long Start = 15_000_000;

    [Fact]
    public void WarmingUpIsNoGrowth() =>
        Of(sample => sample < Samples / 10 ? Start / 10 : Start).IsFlat.Should().BeTrue();

    [Fact]
    public void SinglePeaksAreNoGrowth() =>
        Of(sample => sample % 3 == 0 ? 2 * Start : Start + (sample % 7 * 10_000)).IsFlat.Should().BeTrue();

    [Fact]
    public void ALittleInEveryRoundIsGrowth()
    {
        var trend = Of(sample => Start + (sample * 100L * 150));

        trend.IsFlat.Should().BeFalse("10,000 rounds lose 150 bytes each");
        trend.ToString().Should().Contain("+1172 KiB; bound +1024 KiB");
    }

    [Fact]
    public void MemoryOutsideOfTheHeapCountsToo()
    {
        var trend = new MemoryTrend();
        foreach (var sample in Enumerable.Range(0, Samples))
        {
            trend.Add(new MemorySample(Start, Start + (sample * 500_000L)));
        }

        trend.IsFlat.Should().BeFalse();
    }

    private static MemoryTrend Of(Func<int, long> heap)
    {
        var trend = new MemoryTrend();
        foreach (var sample in Enumerable.Range(0, Samples))
        {
            trend.Add(new MemorySample(heap(sample), Start));
        }

        return trend;
    }
}
