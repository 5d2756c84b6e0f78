using Idp.Operator.Webhooks;

namespace Idp.Operator.Tests.Webhooks;

public sealed class WebhookMemoryTest
{
    private readonly ManualTime _clock = new();
    private readonly WebhookMemory _memory;

    public WebhookMemoryTest() => _memory = new WebhookMemory(_clock);

    [Fact]
    public void ADeliveryIsNewOnce_ByItsId()
    {
        _memory.Admit("one", "a").Should().Be(TimeSpan.Zero);

        _memory.Admit("one", "b").Should().BeNull("GitHub gives no id twice");
        _memory.Admit("two", "b").Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void AnEqualBodyCountsToo_ButBringsOneLookHoweverOftenItIsSent()
    {
        _memory.Admit("one", "a");

        _clock.Advance(TimeSpan.FromSeconds(20));
        _memory.Admit("two", "a").Should().Be(TimeSpan.FromSeconds(40), "the first look may have been over when it happened again");
        for (var number = 0; number < 100; number++)
        {
            _memory.Admit($"made-up-{number}", "a").Should().BeNull("a look is due that sees all of it");
        }

        _clock.Advance(TimeSpan.FromSeconds(40));
        _memory.Admit("three", "a").Should().Be(WebhookMemory.Pause);
        _clock.Advance(2 * WebhookMemory.Pause);
        _memory.Admit("four", "a").Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void ItIsForgottenWhenGitHubHasForgottenItToo()
    {
        _memory.Admit("one", "a");

        _clock.Advance(WebhookMemory.Age - TimeSpan.FromSeconds(1));
        _memory.Admit("one", "a").Should().BeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _memory.Admit("one", "a").Should().NotBeNull();
    }

    [Fact]
    public void ItHoldsSoManyAndNoMore_TheOldestGoesFirst()
    {
        for (var number = 0; number <= WebhookMemory.Capacity; number++)
        {
            _memory.Admit($"id-{number}", $"signature-{number}").Should().NotBeNull();
        }

        _memory.Admit("id-1", "x").Should().BeNull();
        _memory.Admit("id-0", "signature-0").Should().Be(TimeSpan.Zero, "there was no room for it");
    }
}
