using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class GoldenPathSourceTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-source-");
    private readonly OperatorMetrics _metrics = new("Test.GoldenPathSource");

    private string Platform => Path.Combine(_folder.FullName, "platform.yaml");

    [Fact]
    public void OtherSettingsBringOtherGoldenPaths_AndABadOneLeavesTheLastGood()
    {
        Offer("one", "web", "1.0.0");
        Offer("two", "web", "2.0.0");
        Point("one", "web");
        using var settings = Settings();
        using var source = GoldenPathSource.Start(settings, new ManualTime(), NullLogger<GoldenPathSource>.Instance).Value!;
        source.Current.Find("web", VersionRange.Any)!.Version.Should().Be("1.0.0");

        Point("two", "web");
        settings.Refresh().Should().BeTrue();
        source.Current.Find("web", VersionRange.Any)!.Version.Should().Be("2.0.0");

        Point("nowhere", "web");
        settings.Refresh();
        Point("one", "api");
        settings.Refresh();

        source.Current.Find("web", VersionRange.Any)!.Version.Should().Be("2.0.0", "neither a missing folder nor a default that is not there is taken");
    }

    [Fact]
    public void DoesNotStartWithoutTheDefaultGoldenPath()
    {
        Offer("one", "web", "1.0.0");
        Point("one", "api");
        using var settings = Settings();

        var started = GoldenPathSource.Start(settings, new ManualTime(), NullLogger<GoldenPathSource>.Instance);

        started.Value.Should().BeNull();
        started.ErrorText.Should().Be("platform.yaml: goldenPaths.default: there is no golden path 'api' in any of the sources");
    }

    [Fact]
    public void OneThatComesToHaveErrors_StaysAsItWas_UntilItIsMended()
    {
        Offer("one", "web", "1.0.0");
        Offer("one", "api", "1.0.0");
        Point("one", "web");
        using var settings = Settings();
        using var source = GoldenPathSource.Start(settings, new ManualTime(), NullLogger<GoldenPathSource>.Instance).Value!;
        var told = 0;
        source.Changed += () => told++;
        source.Refresh().Should().BeFalse("nothing has changed");

        Offer("one", "web", "2.0.0", "{{ nothing }}");
        Offer("one", "api", "2.0.0");
        source.Refresh().Should().BeTrue();

        Versions().Should().Be(("1.0.0", "2.0.0"));
        source.Current.ErrorsOf("web").Should().ContainSingle().Which.Message.Should().Contain("there is no value 'nothing'");
        source.Refresh().Should().BeFalse("it was read, and has errors");

        Offer("one", "web", "2.0.0");
        source.Refresh().Should().BeTrue();

        Versions().Should().Be(("2.0.0", "2.0.0"));
        source.Current.ErrorsOf("web").Should().BeEmpty();
        told.Should().Be(2);

        (string?, string?) Versions() => (source.Current.Find("web", VersionRange.Any)?.Version, source.Current.Find("api", VersionRange.Any)?.Version);
    }

    [Fact]
    public async Task OneThatIsBrokenAtTheStart_IsTakenSoonAfterItIsMended()
    {
        Offer("one", "web", "1.0.0", "{{ nothing }}");
        Point("one", "web");
        using var settings = Settings();
        var clock = new ManualTime();
        using var source = GoldenPathSource.Start(settings, clock, NullLogger<GoldenPathSource>.Instance).Value!;
        var changed = new TaskCompletionSource();
        source.Changed += changed.SetResult;
        source.Current.Find("web", VersionRange.Any).Should().BeNull();
        await source.StartAsync(CancellationToken.None);
        await clock.TimerWithinAsync(TimeSpan.FromSeconds(10));

        File.Delete(Path.Combine(_folder.FullName, "one", "web", "skeleton", "a.txt"));
        File.WriteAllText(Path.Combine(_folder.FullName, "one", "web", "skeleton", "b.txt"), "");
        clock.Advance(TimeSpan.FromSeconds(10));
        await changed.Task.WaitAsync(ManualTime.Patience);

        source.Current.Find("web", VersionRange.Any)!.Files.Should().ContainSingle().Which.Path.Should().Be("b.txt");
        await source.StopAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _folder.Delete(recursive: true);
    }

    private PlatformSettingsSource Settings() =>
        PlatformSettingsSource.Start(Platform, new ManualTime(), _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;

    private void Point(string directory, string name) => File.WriteAllText(
        Platform,
        $"github: {{owner: a}}\ningress: {{domain: a.dev}}\n"
        + $"goldenPaths: {{directories: ['{_folder.FullName}/{directory}'], default: {name}}}\n");

    private void Offer(string directory, string name, string version, string text = "x")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, directory, name, "skeleton"));
        File.WriteAllText(Path.Combine(folder.FullName, "a.txt"), text);
        File.WriteAllText(Path.Combine(folder.Parent!.FullName, "template.yaml"), $"name: {name}\nversion: {version}\n");
    }
}
