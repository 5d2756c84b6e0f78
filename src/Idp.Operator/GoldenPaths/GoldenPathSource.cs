using Idp.Operator.Settings;
using Idp.Operator.Yaml;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.GoldenPaths;

/// <summary>The golden paths in force: those of the last time they could be read without errors.</summary>
/// <remarks>They are read again whenever other settings come into force.</remarks>
public sealed partial class GoldenPathSource : IDisposable
{
    private readonly PlatformSettingsSource _settings;
    private readonly ILogger<GoldenPathSource> _logger;
    private volatile GoldenPathCatalog _catalog;

    private GoldenPathSource(PlatformSettingsSource settings, GoldenPathCatalog catalog, ILogger<GoldenPathSource> logger)
    {
        _settings = settings;
        _catalog = catalog;
        _logger = logger;
        _settings.Changed += Reload;
    }

    /// <summary>The golden paths in force.</summary>
    public GoldenPathCatalog Current => _catalog;

    /// <summary>Reads the golden paths for the first time.</summary>
    /// <returns>The source, or every error of every golden path.</returns>
    public static Loaded<GoldenPathSource> Start(PlatformSettingsSource settings, ILogger<GoldenPathSource> logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var loaded = Load(settings.Current);
        return loaded.Succeeded
            ? Loaded<GoldenPathSource>.Of(new GoldenPathSource(settings, loaded.Value, logger))
            : Loaded<GoldenPathSource>.Failed(loaded.Errors);
    }

    /// <summary>Stops to follow the settings.</summary>
    public void Dispose() => _settings.Changed -= Reload;

    private static Loaded<GoldenPathCatalog> Load(PlatformSettings settings)
    {
        var loaded = GoldenPathCatalog.Load(settings.GoldenPaths.Directories);
        var name = settings.GoldenPaths.Default;
        if (!loaded.Succeeded || loaded.Value.Find(name) is not null)
        {
            return loaded;
        }

        var missing = $"there is no golden path '{name}' in any of the directories";
        return Loaded<GoldenPathCatalog>.Failed([new FileError("platform.yaml", 0, 0, "goldenPaths.default", missing)]);
    }

    private void Reload(PlatformSettings settings)
    {
        var loaded = Load(settings);
        if (loaded.Succeeded)
        {
            _catalog = loaded.Value;
        }
        else
        {
            LogRefused(loaded.Errors.Count, loaded.ErrorText);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Golden paths have {Count} errors; the last good ones stay.\n{Errors}")]
    private partial void LogRefused(int count, string errors);
}
