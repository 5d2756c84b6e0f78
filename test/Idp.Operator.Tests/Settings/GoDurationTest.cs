using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class GoDurationTest
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h", 3600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("1m500ms", 60.5)]
    public void IsReadAsGoDoes(string text, double seconds) => GoDuration.Parse(text).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("1d")]
    [InlineData("-1m")]
    public void WhatIsNone_IsRefused(string text) =>
        FluentActions.Invoking(() => GoDuration.Parse(text)).Should().Throw<FormatException>();

    [Theory]
    [InlineData("1m", true)]
    [InlineData("24h", true)]
    [InlineData("59s", false)]
    [InlineData("25h", false)]
    [InlineData("1d", false)]
    public void ThePollIntervalHasBounds(string text, bool isGood) => PlatformSettingsLoader.Parse(
        $"github: {{owner: acme, pollInterval: {text}}}\ningress: {{domain: apps.acme.dev}}\n", "platform.yaml").Succeeded.Should().Be(isGood);

    [Fact]
    public void AWebhookNeedsAFile()
    {
        Webhook("{}").ErrorText.Should().Contain("github.webhook.secretFile: is required");
        Webhook("{secretFile: /a}").Value!.GitHub.Webhook!.SecretFile.Should().Be("/a");
        Webhook("{secretFile: ''}").ErrorText.Should().Contain("github.webhook.secretFile: must name a file");
    }

    private static Idp.Operator.Yaml.Loaded<PlatformSettings> Webhook(string text) => PlatformSettingsLoader.Parse(
        $"github: {{owner: acme, webhook: {text}}}\ningress: {{domain: apps.acme.dev}}\n", "platform.yaml");
}
