using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>The golden paths that are offered, and those that cannot be used.</summary>
public sealed class GoldenPathCatalog
{
    private readonly SortedDictionary<string, GoldenPath> _paths = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<FileError>> _broken = new(StringComparer.Ordinal);

    private GoldenPathCatalog()
    {
    }

    /// <summary>Their names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _paths.Keys];

    /// <summary>Everything that is wrong with those that cannot be used, by name, line and column.</summary>
    public IReadOnlyList<FileError> Errors => [.. _broken.Values.SelectMany(errors => FileError.Sorted(errors))];

    /// <summary>Offers these golden paths.</summary>
    public static GoldenPathCatalog Of(params IReadOnlyList<GoldenPath> paths)
    {
        var catalog = new GoldenPathCatalog();
        foreach (var path in paths)
        {
            catalog._paths.Add(path.Name, path);
        }

        return catalog;
    }

    /// <summary>Reads every folder of the directories as a golden path.</summary>
    /// <param name="directories">Folders of golden paths; a relative one lies beside the executable.</param>
    /// <returns>
    /// All golden paths, or the errors of directories that cannot be read. A golden path with errors is not offered, and holds up none of the others.
    /// </returns>
    public static Loaded<GoldenPathCatalog> Load(IReadOnlyList<string> directories)
    {
        var errors = new List<FileError>();
        var catalog = new GoldenPathCatalog();
        foreach (var folder in directories.SelectMany(directory => Folders(directory, errors)))
        {
            catalog.Add(folder, new GoldenPathReader(folder).Read());
        }

        return errors.Count > 0 ? Loaded<GoldenPathCatalog>.Failed(errors) : Loaded<GoldenPathCatalog>.Of(catalog);
    }

    /// <summary>Where a directory of the settings is: a relative one lies beside the executable.</summary>
    public static string FullPath(string directory) => Path.Combine(AppContext.BaseDirectory, directory);

    /// <summary>The golden path of a name, or null.</summary>
    public GoldenPath? Find(string name) => _paths.GetValueOrDefault(name);

    /// <summary>What is wrong with the golden path of a name; empty for one that can be used, and for one that there is not.</summary>
    public IReadOnlyList<FileError> ErrorsOf(string name) => _broken.TryGetValue(name, out var errors) ? FileError.Sorted(errors) : [];

    /// <summary>The same, but a golden path that has come to have errors is offered as it was before.</summary>
    public GoldenPathCatalog Or(GoldenPathCatalog before)
    {
        var catalog = Of([.. _paths.Values, .. _broken.Keys.Select(before.Find).OfType<GoldenPath>()]);
        foreach (var (name, errors) in _broken)
        {
            catalog._broken.Add(name, errors);
        }

        return catalog;
    }

    private void Add(string folder, Loaded<GoldenPath> loaded)
    {
        var name = Path.GetFileName(folder);
        if (!loaded.Succeeded)
        {
            Break(name, loaded.Errors);
        }
        else if (_broken.ContainsKey(name) || !_paths.TryAdd(name, loaded.Value))
        {
            Break(name, [new FileError(folder, 0, 0, "", $"another directory offers a golden path {name} too")]);
        }
    }

    private void Break(string name, IEnumerable<FileError> errors)
    {
        _paths.Remove(name);
        if (!_broken.TryGetValue(name, out var known))
        {
            _broken.Add(name, known = []);
        }

        known.AddRange(errors);
    }

    private static List<string> Folders(string directory, List<FileError> errors)
    {
        var path = FullPath(directory);
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
