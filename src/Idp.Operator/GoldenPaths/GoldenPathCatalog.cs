using Idp.Operator.GoldenPaths.Sources;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>The golden paths that are offered, each in one or more versions, and those that cannot be used. Never changes.</summary>
public sealed class GoldenPathCatalog
{
    private readonly IReadOnlyList<CatalogEntry> _entries;
    private readonly SortedDictionary<string, List<GoldenPath>> _paths = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _gone = new(StringComparer.Ordinal);

    private GoldenPathCatalog(IEnumerable<CatalogEntry> entries, IReadOnlyList<FileError>? missing = null)
    {
        _entries = [.. entries];
        Missing = missing ?? [];
        foreach (var entry in _entries)
        {
            Offer(entry.Offered);
        }
    }

    /// <summary>The names of those that are offered in at least one version, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _paths.Keys];

    /// <summary>The names of those that were offered once, since the program began, and are no longer.</summary>
    public IReadOnlyCollection<string> Gone => _gone;

    /// <summary>The sources of which nothing is there yet, each with the reason.</summary>
    public IReadOnlyList<FileError> Missing { get; }

    /// <summary>Everything that is wrong with those that cannot be used, by name, file, line and column.</summary>
    public IReadOnlyList<FileError> Errors =>
        [.. _entries.GroupBy(entry => entry.Name).OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(group => ErrorsOf(group.Key))];

    /// <summary>Offers these golden paths.</summary>
    public static GoldenPathCatalog Of(params IReadOnlyList<GoldenPath> paths) =>
        new(paths.Select(path => new CatalogEntry(path.Name, $"{path.Name}@{path.Version}", "", path, [])));

    /// <summary>Where the versions are that are offered.</summary>
    internal IReadOnlyDictionary<(string Name, string Version), string> Places => _entries
        .Where(entry => entry.Offered is not null)
        .ToDictionary(entry => (entry.Offered!.Name, entry.Offered.Version), entry => entry.Place);

    /// <summary>Reads every folder of the directories as a golden path.</summary>
    /// <param name="directories">Folders of golden paths; a relative one lies beside the executable.</param>
    /// <returns>
    /// All golden paths, or the errors of directories that cannot be read. A version with errors is not offered, and holds up none of the others.
    /// </returns>
    public static Loaded<GoldenPathCatalog> Load(IReadOnlyList<string> directories) => Load(new GoldenPathSettings { Directories = directories }, _ => null);

    /// <summary>The same with what was fetched of repositories. One of which nothing was fetched yet is <see cref="Missing"/>.</summary>
    /// <param name="settings">The sources.</param>
    /// <param name="failure">Why a repository could not be fetched; null where that is not known.</param>
    internal static Loaded<GoldenPathCatalog> Load(GoldenPathSettings settings, Func<GoldenPathGitSettings, string?> failure)
    {
        var errors = new List<FileError>();
        var missing = new List<FileError>();
        var entries = settings.Folders().SelectMany(directory => new SourceReader(directory, errors).Read(DiskEntry.Of(FullPath(directory)))).ToList();
        foreach (var source in settings.Repositories())
        {
            if (GitSourceReader.Read(settings, source) is { } fetched)
            {
                entries.AddRange(fetched);
            }
            else
            {
                missing.Add(new FileError(source.Id, 0, 0, "", $"nothing was fetched yet{(failure(source) is { } why ? $": {why}" : "")}"));
            }
        }

        return errors.Count > 0 ? Loaded<GoldenPathCatalog>.Failed(errors) : Loaded<GoldenPathCatalog>.Of(Of(entries, missing));
    }

    /// <summary>Where a directory of the settings is: a relative one lies beside the executable.</summary>
    public static string FullPath(string directory) => Path.Combine(AppContext.BaseDirectory, directory);

    /// <summary>The newest version of a golden path that a range admits, or null.</summary>
    public GoldenPath? Find(string name, VersionRange range) => Offered(name).FirstOrDefault(path => range.Admits(path.Version));

    /// <summary>The versions of a golden path that are offered, the newest first.</summary>
    public IReadOnlyList<string> VersionsOf(string name) => [.. Offered(name).Select(path => path.Version)];

    /// <summary>What is wrong with the versions of a golden path; empty for one that can be used, and for one that there is not.</summary>
    public IReadOnlyList<FileError> ErrorsOf(string name) =>
        FileError.Sorted(_entries.Where(entry => entry.Name == name).SelectMany(entry => entry.Errors));

    /// <summary>The same, but a version that has come to have errors is offered as it was before, and it is known what is gone.</summary>
    public GoldenPathCatalog Or(GoldenPathCatalog before)
    {
        var known = before._entries.Where(entry => entry.Offered is not null).ToLookup(entry => entry.Place, entry => entry.Offered);
        var versions = _entries.Select(entry => (entry.Path?.Name, entry.Path?.Version)).ToHashSet();
        var lost = before._entries.Where(entry => Missing.Any(source => source.File == entry.Source) && _entries.All(other => other.Name != entry.Name));
        var entries = _entries.Select(entry =>
            entry.Path is null && known[entry.Place].FirstOrDefault() is { } kept && versions.Add((kept.Name, kept.Version))
                ? entry with { Kept = kept }
                : entry);
        var catalog = new GoldenPathCatalog([.. entries, .. lost], Missing);
        catalog._gone.UnionWith(before._gone.Concat(before.Names));
        catalog._gone.ExceptWith(catalog._paths.Keys.Concat(catalog._entries.Select(entry => entry.Name)));
        return catalog;
    }

    /// <summary>Offers what was read, but nothing that two places offer: nobody knows which of the two is meant.</summary>
    internal static GoldenPathCatalog Of(IReadOnlyList<CatalogEntry> entries, IReadOnlyList<FileError>? missing = null)
    {
        var twice = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in entries.GroupBy(entry => entry.Name))
        {
            var first = group.First();
            foreach (var other in group.Where(entry => entry.Source != first.Source))
            {
                group.Select(entry => entry.Place).ToList().ForEach(place => twice.TryAdd(place, ""));
                twice[other.Place] = $"another source offers a golden path {group.Key} too: {first.Place}";
            }

            foreach (var same in group.Where(entry => entry.Path is not null).GroupBy(entry => entry.Path!.Version))
            {
                foreach (var other in same.Skip(1))
                {
                    twice.TryAdd(same.First().Place, "");
                    twice.TryAdd(other.Place, $"is version {same.Key} of {group.Key}, as is {same.First().Place}");
                }
            }
        }

        return new GoldenPathCatalog(entries.Select(entry => twice.TryGetValue(entry.Place, out var message) ? entry.Refused(message) : entry), missing);
    }

    private List<GoldenPath> Offered(string name) => _paths.GetValueOrDefault(name) ?? [];

    private void Offer(GoldenPath? path)
    {
        if (path is not null)
        {
            _paths.TryAdd(path.Name, []);
            _paths[path.Name].Add(path);
            _paths[path.Name].Sort((one, other) => SemanticVersion.Compare(other.Version, one.Version));
        }
    }
}

/// <summary>What was found at one place of a source.</summary>
/// <param name="Name">The name of the golden path.</param>
/// <param name="Place">Where.</param>
/// <param name="Source">Which source it is of.</param>
/// <param name="Path">The version of the golden path; null where it has errors.</param>
/// <param name="Errors">What is wrong with it.</param>
internal sealed record CatalogEntry(string Name, string Place, string Source, GoldenPath? Path, IReadOnlyList<FileError> Errors)
{
    /// <summary>The version that was there before, which is offered while this one has errors.</summary>
    public GoldenPath? Kept { get; init; }

    /// <summary>What is offered of it.</summary>
    public GoldenPath? Offered => Path ?? Kept;

    /// <summary>The same, not to be used.</summary>
    /// <param name="message">Why; empty where that is said elsewhere.</param>
    public CatalogEntry Refused(string message) =>
        this with { Path = null, Errors = message.Length == 0 ? Errors : [.. Errors, new FileError(Place, 0, 0, "", message)] };
}
