using Idp.Kubernetes.Tests;
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
        using var source = GoldenPathSource.Start(settings, NullLogger<GoldenPathSource>.Instance).Value!;
        source.Current.Find("web")!.Version.Should().Be("1.0.0");

        Point("two", "web");
        settings.Refresh().Should().BeTrue();
        source.Current.Find("web")!.Version.Should().Be("2.0.0");

        Point("nowhere", "web");
        settings.Refresh();
        Point("one", "api");
        settings.Refresh();

        source.Current.Find("web")!.Version.Should().Be("2.0.0", "neither a missing folder nor a default that is not there is taken");
    }

    [Fact]
    public void DoesNotStartWithoutTheDefaultGoldenPath()
    {
        Offer("one", "web", "1.0.0");
        Point("one", "api");
        using var settings = Settings();

        var started = GoldenPathSource.Start(settings, NullLogger<GoldenPathSource>.Instance);

        started.Value.Should().BeNull();
        started.ErrorText.Should().Be("platform.yaml: goldenPaths.default: there is no golden path 'api' in any of the directories");
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

    private void Offer(string directory, string name, string version)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, directory, name, "skeleton"));
        File.WriteAllText(Path.Combine(folder.FullName, "a.txt"), "x");
        File.WriteAllText(Path.Combine(folder.Parent!.FullName, "template.yaml"), $"name: {name}\nversion: {version}\n");
    }
}
