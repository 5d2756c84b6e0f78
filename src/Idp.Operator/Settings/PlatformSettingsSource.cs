using Idp.Operator.Observability;
using Idp.Operator.Yaml;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Settings;

/// <summary>The settings in force: those of the last <c>platform.yaml</c> without errors.</summary>
/// <remarks>
/// The file is read every few seconds and compared by content. It is a few kilobytes, and unlike file notifications this
/// cannot miss how Kubernetes swaps a ConfigMap: the file is a link to a link, and neither the file nor its folder changes.
/// </remarks>
public sealed partial class PlatformSettingsSource : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly string _name;
    private readonly Func<(string Text, Loaded<PlatformSettings> Settings)> _read;
    private readonly TimeProvider _clock;
    private readonly OperatorMetrics _metrics;
    private readonly ILogger<PlatformSettingsSource> _logger;
    private volatile PlatformSettings _current;
    private string _seen;

    private PlatformSettingsSource(
        string name, Func<(string Text, Loaded<PlatformSettings> Settings)> read, string text, PlatformSettings settings, Observers observers)
    {
        _name = name;
        _read = read;
        _seen = text;
        _current = settings;
        (_clock, _metrics, _logger) = observers;
    }

    /// <summary>Called after other settings came into force, on the thread that read them.</summary>
    public event Action<PlatformSettings>? Changed;

    /// <summary>The settings in force; take them once per piece of work, so that it sees one state.</summary>
    public PlatformSettings Current => _current;

    /// <summary>Reads the file for the first time.</summary>
    /// <returns>The source, or every error of the file: the operator does not start on half of its settings.</returns>
    public static Loaded<PlatformSettingsSource> Start(
        string path,
        TimeProvider clock,
        OperatorMetrics metrics,
        ILogger<PlatformSettingsSource> logger)
    {
        var (text, loaded) = PlatformSettingsLoader.LoadText(path);
        return loaded.Succeeded
            ? Loaded<PlatformSettingsSource>.Of(new(
                path, () => PlatformSettingsLoader.LoadText(path), text, loaded.Value, new Observers(clock, metrics, logger)))
            : Loaded<PlatformSettingsSource>.Failed(loaded.Errors);
    }

    /// <summary>Settings that stay as they are, for work that is over before anybody could change them.</summary>
    internal static PlatformSettingsSource Of(
        PlatformSettings settings, TimeProvider clock, OperatorMetrics metrics, ILogger<PlatformSettingsSource> logger) =>
        new("", () => ("", Loaded<PlatformSettings>.Of(settings)), "", settings, new Observers(clock, metrics, logger));

    /// <summary>Looks at the file now.</summary>
    /// <returns>Whether other settings came into force.</returns>
    /// <remarks>Not for two threads at once; the background loop is the one caller of a running operator.</remarks>
    public bool Refresh()
    {
        var (text, loaded) = _read();
        if (text == _seen)
        {
            return false;
        }

        // A refused text is remembered too: its errors are said once, not every five seconds.
        _seen = text;
        if (!loaded.Succeeded)
        {
            _metrics.SettingsReloaded(accepted: false);
            LogRefused(_name, loaded.Errors.Count, loaded.ErrorText);
            return false;
        }

        _current = loaded.Value;
        _metrics.SettingsReloaded(accepted: true);
        LogAccepted(_name);
        Changed?.Invoke(loaded.Value);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var task = _metrics.BackgroundTask();
        using var timer = new PeriodicTimer(Period, _clock);
        while (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken))
        {
            Refresh();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Settings of {Path} are in force.")]
    private partial void LogAccepted(string path);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Settings of {Path} have {Count} errors and are refused; the last good ones stay.\n{Errors}")]
    private partial void LogRefused(string path, int count, string errors);

    private sealed record Observers(TimeProvider Clock, OperatorMetrics Metrics, ILogger<PlatformSettingsSource> Logger);
}
