using Idp.Entities;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class RolloutSettingsTest
{
    private const string Minimal = "github: {owner: acme}\ningress: {domain: apps.acme.dev}\n";

    [Fact]
    public void TheExampleOfTheGuide_IsReadAsItIsWritten()
    {
        var page = File.ReadAllText(Repository.File("docs/golden-paths.md"));
        var example = page[(page.IndexOf("```yaml\ngoldenPaths:\n  rollout:", StringComparison.Ordinal) + "```yaml\n".Length)..];

        var rollout = PlatformSettingsLoader.Parse(Minimal + example[..example.IndexOf("```", StringComparison.Ordinal)], "platform.yaml").Value!.GoldenPaths.Rollout;

        rollout.Waves.Should().HaveCount(3);
        rollout.Waves[0].Should().BeEquivalentTo(new { Labels = new Dictionary<string, string> { ["tier"] = "internal" }, Share = "5", Pause = "0" });
        rollout.Waves[1].Should().BeEquivalentTo(new { UpTo = Stage.Staging, Pause = "24h", Share = "100%" });
        rollout.Waves[2].Teams.Should().Equal("payments-*");
        rollout.Window.Should().BeEquivalentTo(new { Opens = "0 9 * * 1-4", For = "8h", TimeZone = "Europe/Berlin" });
        rollout.AtOnce.Should().Be("10%");
    }

    [Fact]
    public void WindowWithoutATimeZone_IsInUtc()
    {
        Errors("window: {opens: '0 9 * * 1-5', for: 8h}").Should().BeEmpty();
        var window = PlatformSettingsLoader.Parse($"{Minimal}goldenPaths: {{rollout: {{window: {{opens: '0 9 * * *', for: 8h}}}}}}\n", "platform.yaml").Value!.GoldenPaths.Rollout.Window!;

        window.TimeZone.Should().Be("UTC");
        window.ClosedUntil(new DateTimeOffset(2026, 11, 25, 17, 0, 0, TimeSpan.Zero)).Should().Be(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        window.ClosedUntil(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero)).Should().BeNull();
    }

    [Theory]
    [InlineData("atOnce: 0%", "goldenPaths.rollout.atOnce")]
    [InlineData("atOnce: many", "goldenPaths.rollout.atOnce")]
    [InlineData("stopAt: '120%'", "goldenPaths.rollout.stopAt")]
    [InlineData("stopAfter: 0", "goldenPaths.rollout.stopAfter")]
    [InlineData("waves: [{share: -1}]", "goldenPaths.rollout.waves[0].share")]
    [InlineData("waves: [{pause: 1d}]", "goldenPaths.rollout.waves[0].pause")]
    [InlineData("waves: [{upTo: Sandbox}]", "goldenPaths.rollout.waves[0].upTo")]
    [InlineData("window: {opens: 'every day', for: 8h}", "goldenPaths.rollout.window.opens")]
    [InlineData("window: {opens: '0 9 30 2 *', for: 8h}", "goldenPaths.rollout.window.opens")]
    [InlineData("window: {opens: '0 9 * * *', for: 0h}", "goldenPaths.rollout.window.for")]
    [InlineData("window: {opens: '0 9 * * *', for: 8h, timeZone: Europe/Atlantis}", "goldenPaths.rollout.window.timeZone")]
    public void WhatCannotBe_IsRefusedWithItsPlace(string rollout, string place)
    {
        Errors(rollout).Should().ContainSingle().Which.Should().Contain(place);
    }

    private static IReadOnlyList<string> Errors(string rollout) =>
        [.. PlatformSettingsLoader.Parse($"{Minimal}goldenPaths: {{rollout: {{{rollout}}}}}\n", "platform.yaml").Errors.Select(error => error.ToString())];
}
