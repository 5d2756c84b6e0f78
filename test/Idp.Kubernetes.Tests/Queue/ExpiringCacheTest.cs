using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>What is not noted again is forgotten, and let go by itself.</summary>
public sealed class ExpiringCacheTest
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ManualTime _time = new();

    [Fact]
    public void AKey_IsRemembered_ForSoLongAfterItWasNotedLast()
    {
        var memory = new ExpiringCache<string, int>(Lifetime, 10, _time);
        memory.Set("a", 1);
        _time.Advance(TimeSpan.FromMinutes(9));
        memory.Set("a", 2);

        _time.Advance(TimeSpan.FromMinutes(9));
        memory.TryGet("a", out var known).Should().BeTrue();
        known.Should().Be(2);
        _time.Advance(TimeSpan.FromMinutes(1));
        memory.TryGet("a", out _).Should().BeFalse();
    }

    [Fact]
    public async Task AThousandThatCameAndWent_LeaveNothing_ThoughNobodyAsks()
    {
        var memory = new ExpiringCache<string, int>(Lifetime, 10_000, _time);
        for (var number = 0; number < 1_000; number++)
        {
            memory.Set($"key-{number}", number);
        }

        memory.Count.Should().Be(1_000);
        _time.Advance(2 * Lifetime);

        await Eventually.TrueAsync(() => (memory.Count, _time.TimerCount) == (0, 0), "nothing remembered, and nothing waited for");
        memory.Set("another", 1);
        _time.Advance(2 * Lifetime);
        await Eventually.TrueAsync(() => memory.Count == 0, "nothing remembered once more");
    }

    [Fact]
    public void WhatIsForgottenByHand_IsGone_AndThereAreNeverTooMany()
    {
        var memory = new ExpiringCache<int, int>(Lifetime, 10, _time);
        memory.Set(-1, 0);
        memory.Remove(-1);
        memory.TryGet(-1, out _).Should().BeFalse();

        for (var number = 0; number < 1_000; number++)
        {
            memory.Set(number, number);
            memory.Count.Should().BeLessThanOrEqualTo(10);
        }
    }
}
