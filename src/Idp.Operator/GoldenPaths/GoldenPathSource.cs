using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Idp.Operator.GoldenPaths.Sources;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.GoldenPaths;

/// <summary>The golden paths in force: each as it was the last time it could be read without errors.</summary>
/// <remarks>
/// Their folders are looked at every ten seconds, and read again where a file is another one than before, or where other settings
/// have come into force. One that has errors holds up none of the others.
/// </remarks>
public sealed partial class GoldenPathSource : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly PlatformSettingsSource _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<GoldenPathSource> _logger;
    private volatile GoldenPathCatalog _catalog;
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
    private FolderStamp _stamp;

    private GoldenPathSource(
        PlatformSettingsSource settings, GoldenPathCatalog catalog, FolderStamp stamp, TimeProvider clock, ILogger<GoldenPathSource> logger)
    {
        (_settings, _catalog, _stamp, _clock, _logger) = (settings, catalog, stamp, clock, logger);
        _settings.Changed += Reload;
        Report(catalog);
    }

    /// <summary>Called after golden paths have changed on disk, on the thread that read them; not where the settings did.</summary>
    public event Action? Changed;

    /// <summary>The golden paths in force.</summary>
    public GoldenPathCatalog Current => _catalog;

    /// <summary>Reads the golden paths for the first time.</summary>
    /// <returns>
    /// The source, or what is wrong with the settings: a directory that is not there, a default that nothing offers. The errors of a golden
    /// path itself are logged, and told to the applications that name it.
    /// </returns>
    public static Loaded<GoldenPathSource> Start(PlatformSettingsSource settings, TimeProvider clock, ILogger<GoldenPathSource> logger)
    {
        var stamp = FolderStamp.Of(settings.Current.GoldenPaths);
        var loaded = Load(settings.Current, _ => null);
        return loaded.Succeeded
            ? Loaded<GoldenPathSource>.Of(new GoldenPathSource(settings, loaded.Value, stamp, clock, logger))
            : Loaded<GoldenPathSource>.Failed(loaded.Errors);
    }

    /// <summary>Looks at the folders now.</summary>
    /// <returns>Whether anything in them has changed.</returns>
    public bool Refresh()
    {
        lock (_lock)
        {
            // Before the files are read: what changes while they are is found by the next look.
            var settings = _settings.Current;
            var stamp = FolderStamp.Of(settings.GoldenPaths);
            if (stamp == _stamp)
            {
                return false;
            }

            Read(settings, stamp);
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Stops to follow the settings.</summary>
    public override void Dispose()
    {
        _settings.Changed -= Reload;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        while (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken))
        {
            Refresh();
        }
    }

    /// <summary>Told that a repository was asked: reads what is new of it, or keeps in mind why there is nothing.</summary>
    internal void Fetched(GoldenPathGitSettings source, string? failure)
    {
        lock (_lock)
        {
            var known = _failures.GetValueOrDefault(source.Id);
            if (failure is null)
            {
                _failures.Remove(source.Id);
            }
            else
            {
                _failures[source.Id] = failure;
            }

            if (known != failure && _catalog.Missing.Any(missing => missing.File == source.Id))
            {
                // What applications are told of it is another thing now.
                _stamp = default;
            }
        }

        Refresh();
    }

    private static Loaded<GoldenPathCatalog> Load(PlatformSettings settings, Func<GoldenPathGitSettings, string?> failure)
    {
        var loaded = GoldenPathCatalog.Load(settings.GoldenPaths, failure);
        var name = settings.GoldenPaths.Default;
        if (!loaded.Succeeded || loaded.Value.Missing.Count > 0 || loaded.Value.VersionsOf(name).Count > 0 || loaded.Value.ErrorsOf(name).Count > 0)
        {
            return loaded;
        }

        var missing = $"there is no golden path '{name}' in any of the sources";
        return Loaded<GoldenPathCatalog>.Failed([new FileError("platform.yaml", 0, 0, "goldenPaths.default", missing)]);
    }

    private void Reload(PlatformSettings settings)
    {
        lock (_lock)
        {
            Read(settings, FolderStamp.Of(settings.GoldenPaths));
        }
    }

    private void Read(PlatformSettings settings, FolderStamp stamp)
    {
        _stamp = stamp;
        var loaded = Load(settings, source => _failures.GetValueOrDefault(source.Id));
        if (loaded.Succeeded)
        {
            _catalog = loaded.Value.Or(_catalog);
            Report(loaded.Value);
        }
        else
        {
            LogRefused(loaded.Errors.Count, loaded.ErrorText);
        }
    }

    private void Report(GoldenPathCatalog catalog)
    {
        if (catalog.Errors is { Count: > 0 } errors)
        {
            LogBroken(errors.Count, string.Join('\n', errors));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The golden paths cannot be read, {Count} errors; the last ones stay.\n{Errors}")]
    private partial void LogRefused(int count, string errors);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Golden paths have {Count} errors. One with errors stays as it was before, or is not offered if there was none.\n{Errors}")]
    private partial void LogBroken(int count, string errors);
}

/// <summary>How folders look from outside: the names, sizes and times of all that is in them. Two that are equal hold the same.</summary>
/// <remarks>Cheaper than reading them, and unlike file notifications it works on every kind of volume.</remarks>
internal readonly record struct FolderStamp(string Text)
{
    private const int MostEntries = 20_000;

    // A link is no part of a golden path, and may lead in circles; that one came or went shows in its folder's time.
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Looks at all folders, and at what was fetched. One that cannot be read is a look of its own.</summary>
    public static FolderStamp Of(GoldenPathSettings settings)
    {
        var directories = settings.Folders().Select(GoldenPathCatalog.FullPath)
            .Concat(settings.Repositories().Select(source => GitSourceReader.FolderOf(settings, source)));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in directories.SelectMany(Lines))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return new FolderStamp(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static List<string> Lines(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything).Take(MostEntries)
                .Select(Line).Order(StringComparer.Ordinal).Prepend($"{directory}\n").ToList();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [$"{directory}: {error.GetType().Name}\n"];
        }
    }

    private static string Line(FileSystemInfo entry)
    {
        var size = (entry as FileInfo)?.Length ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"{entry.FullName} {size} {entry.LastWriteTimeUtc.Ticks}\n");
    }
}
