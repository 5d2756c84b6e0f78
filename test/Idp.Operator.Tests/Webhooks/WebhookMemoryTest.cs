using Idp.Operator.Webhooks;

namespace Idp.Operator.Tests.Webhooks;

public sealed class WebhookMemoryTest
{
    private readonly ManualTime _clock = new();
    private readonly WebhookMemory _memory;

    public WebhookMemoryTest() => _memory = new WebhookMemory(_clock);

    [Fact]
    public void ADeliveryIsNewOnce_ByItsIdAndByItsSignature()
    {
        _memory.TryAdd("one", "a").Should().BeTrue();

        _memory.TryAdd("one", "b").Should().BeFalse("GitHub gives no id twice");
        _memory.TryAdd("two", "a").Should().BeFalse("the id is not signed: anybody can make up another");
        _memory.TryAdd("two", "b").Should().BeTrue();
    }

    [Fact]
    public void ItIsForgottenWhenGitHubHasForgottenItToo()
    {
        _memory.TryAdd("one", "a");

        _clock.Advance(WebhookMemory.Age - TimeSpan.FromSeconds(1));
        _memory.TryAdd("one", "a").Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _memory.TryAdd("one", "a").Should().BeTrue();
    }

    [Fact]
    public void ItHoldsSoManyAndNoMore_TheOldestGoesFirst()
    {
        for (var number = 0; number <= WebhookMemory.Capacity; number++)
        {
            _memory.TryAdd($"id-{number}", $"signature-{number}").Should().BeTrue();
        }

        _memory.TryAdd("id-1", "x").Should().BeFalse();
        _memory.TryAdd("id-0", "signature-0").Should().BeTrue("there was no room for it");
    }
}
