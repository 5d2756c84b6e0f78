using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

public sealed class BackoffTest
{
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)) { Random = new Random(7) };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(2_000, 300)]
    [InlineData(int.MaxValue, 300)]
    public void Failure_IsRetriedForEver_WithACap(int failures, double seconds)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            _backoff.PauseAfter(failures).TotalSeconds.Should().BeInRange(seconds * 0.75, seconds);
        }
    }

    [Fact]
    public void WhatFailedTogether_DoesNotComeBackTogether() =>
        Enumerable.Range(0, 50).Select(_ => _backoff.PauseAfter(20)).Distinct().Should().HaveCountGreaterThan(40);
}
