using System.Collections.Concurrent;
using Idp.Operator.Observability;
using Idp.Operator.Settings;
using Idp.Operator.Tests.Observability;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Tests.Settings;

public sealed class PlatformSettingsSourceTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-settings-");
    private readonly ManualTime _clock = new();
    private readonly OperatorMetrics _metrics;
    private readonly MeterProvider _meters;
    private readonly RecordingLogger _log = new();

    public PlatformSettingsSourceTest()
    {
        _meters = MetricsEndpoint.Listen("Test.Settings");
        _metrics = new OperatorMetrics("Test.Settings");
    }

    private string FilePath => Path.Combine(_folder.FullName, "platform.yaml");

    [Fact]
    public void StartsOnlyOnAFileWithoutErrors()
    {
        File.WriteAllText(FilePath, "github: {}\n");

        var started = PlatformSettingsSource.Start(FilePath, _clock, _metrics, _log);

        started.Value.Should().BeNull();
        started.Errors.Should().HaveCount(2);
    }

    [Fact]
    public async Task AnEditComesIntoForce_AndIsCounted()
    {
        Write("acme");
        using var source = Start();
        var told = new List<string>();
        source.Changed += settings => told.Add(settings.GitHub.Owner);

        source.Refresh().Should().BeFalse("nothing changed");
        Write("other");
        source.Refresh().Should().BeTrue();

        source.Current.GitHub.Owner.Should().Be("other");
        new Grants(source.Current).MayUseOwner("any", "other").Allowed.Should().BeTrue();
        told.Should().Equal("other");
        (await _meters.ScrapeAsync()).Should().Contain("platform_settings_reloads_total{outcome=\"accepted\"} 1\n")
            .And.Contain("platform_settings_reloads_total{outcome=\"refused\"} 0\n");
    }

    [Fact]
    public async Task ABadEdit_IsRefusedOnce_AndTheLastGoodSettingsStay()
    {
        Write("acme");
        using var source = Start();

        File.WriteAllText(FilePath, "github: {owner: [1]}\n");
        source.Refresh().Should().BeFalse();
        source.Refresh().Should().BeFalse();
        File.Delete(FilePath);
        source.Refresh().Should().BeFalse();

        source.Current.GitHub.Owner.Should().Be("acme");
        (await _meters.ScrapeAsync()).Should().Contain("platform_settings_reloads_total{outcome=\"refused\"} 2\n");
        _log.Lines.Should().HaveCount(2).And.ContainMatch($"*{FilePath}:1:17: github.owner: must be text*");
    }

    [Fact]
    public void AConfigMapSwappedByLink_IsSeenAtTheNextTick()
    {
        // As the kubelet lays a ConfigMap out: platform.yaml -> ..data/platform.yaml, ..data -> a folder with a date.
        Mount("one", "acme");
        File.CreateSymbolicLink(FilePath, Path.Combine("..data", "platform.yaml"));
        using var source = Start();
        using var told = new ManualResetEventSlim();
        source.Changed += _ => told.Set();
        using var stop = new CancellationTokenSource();
        var running = source.StartAsync(stop.Token);

        Mount("two", "other");
        var deadline = DateTime.UnixEpoch.AddMinutes(1);
        while (!told.Wait(10) && deadline > DateTime.UnixEpoch)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            deadline = deadline.AddMilliseconds(-10);
        }

        told.IsSet.Should().BeTrue();
        source.Current.GitHub.Owner.Should().Be("other");
        running.IsFaulted.Should().BeFalse();
        stop.Cancel();
    }

    public void Dispose()
    {
        _meters.Dispose();
        _metrics.Dispose();
        _folder.Delete(recursive: true);
    }

    private PlatformSettingsSource Start() => PlatformSettingsSource.Start(FilePath, _clock, _metrics, _log).Value!;

    private void Write(string owner) => File.WriteAllText(FilePath, $"github: {{owner: {owner}}}\ningress: {{domain: acme.dev}}\n");

    private void Mount(string version, string owner)
    {
        var folder = _folder.CreateSubdirectory($"..{version}");
        File.WriteAllText(
            Path.Combine(folder.FullName, "platform.yaml"),
            $"github: {{owner: {owner}}}\ningress: {{domain: acme.dev}}\n");
        var link = Path.Combine(_folder.FullName, "..data");
        File.Delete(link);
        File.CreateSymbolicLink(link, folder.Name);
    }

    private sealed class RecordingLogger : ILogger<PlatformSettingsSource>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                Lines.Enqueue(formatter(state, exception));
            }
        }
    }
}
