using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>The golden paths that are offered.</summary>
public sealed class GoldenPathCatalog
{
    private readonly SortedDictionary<string, GoldenPath> _paths = new(StringComparer.Ordinal);

    private GoldenPathCatalog(IEnumerable<GoldenPath> paths)
    {
        foreach (var path in paths)
        {
            _paths.Add(path.Name, path);
        }
    }

    /// <summary>Their names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _paths.Keys];

    /// <summary>Offers these golden paths.</summary>
    public static GoldenPathCatalog Of(params IReadOnlyList<GoldenPath> paths) => new(paths);

    /// <summary>Reads every folder of the directories as a golden path.</summary>
    /// <param name="directories">Folders of golden paths; a relative one lies beside the executable.</param>
    /// <returns>All golden paths, or every error of every one of them: a half-offered catalogue helps nobody.</returns>
    public static Loaded<GoldenPathCatalog> Load(IReadOnlyList<string> directories)
    {
        ArgumentNullException.ThrowIfNull(directories);
        var errors = new List<FileError>();
        var paths = new Dictionary<string, GoldenPath>(StringComparer.Ordinal);
        foreach (var folder in directories.SelectMany(directory => Folders(directory, errors)))
        {
            var loaded = new GoldenPathReader(folder).Read();
            errors.AddRange(loaded.Errors);
            if (loaded.Succeeded && !paths.TryAdd(loaded.Value.Name, loaded.Value))
            {
                errors.Add(new FileError(folder, 0, 0, "", $"another directory offers a golden path {loaded.Value.Name} too"));
            }
        }

        return errors.Count > 0
            ? Loaded<GoldenPathCatalog>.Failed(errors)
            : Loaded<GoldenPathCatalog>.Of(new GoldenPathCatalog(paths.Values));
    }

    /// <summary>The golden path of a name, or null.</summary>
    public GoldenPath? Find(string name) => _paths.GetValueOrDefault(name);

    private static List<string> Folders(string directory, List<FileError> errors)
    {
        var path = Path.Combine(AppContext.BaseDirectory, directory);
        if (!Directory.Exists(path))
        {
            errors.Add(new FileError(path, 0, 0, "", "there is no such folder of golden paths"));
            return [];
        }

        try
        {
            // Folders with a dot in front are the bookkeeping of mounts and of Git.
            return Directory.EnumerateDirectories(path)
                .Where(folder => !Path.GetFileName(folder).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(new FileError(path, 0, 0, "", $"cannot be read: {error.Message}"));
            return [];
        }
    }
}
