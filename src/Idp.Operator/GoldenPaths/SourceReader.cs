using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Reads the golden paths of one source: a folder that holds a folder for each of them.</summary>
/// <remarks>
/// Every folder with a <c>template.yaml</c> is one version: <c>NAME</c> itself, and each <c>NAME/VERSION</c>. A source with one
/// version of a golden path needs the first alone; one that keeps earlier versions has them beside it.
/// </remarks>
/// <param name="source">What the source is called.</param>
/// <param name="errors">Hears why the source as a whole cannot be read.</param>
/// <param name="unnamed">What a golden path is called that lies in no folder of its own, while its name is not known.</param>
internal sealed class SourceReader(string source, List<FileError> errors, string unnamed = "")
{
    private const int MostGoldenPaths = 500;

    /// <summary>What there is, good or not.</summary>
    public IReadOnlyList<CatalogEntry> Read(TemplateEntry root)
    {
        try
        {
            // Folders with a dot in front are the bookkeeping of mounts and of Git; files are for people.
            return [.. root.Entries(MostGoldenPaths)
                .Where(entry => !entry.Name.StartsWith('.') && (entry.Kind == TemplateEntryKind.Folder || IsLinkToFolder(entry)))
                .SelectMany(OfGoldenPath)];
        }
        catch (DirectoryNotFoundException)
        {
            errors.Add(new FileError(root.Place, 0, 0, "", "there is no such folder of golden paths"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(GoldenPathReader.Unreadable(root, error));
        }

        return [];
    }

    /// <summary>What there is where the folder may be one golden path too.</summary>
    public IReadOnlyList<CatalogEntry> ReadAny(TemplateEntry folder)
    {
        try
        {
            var inside = folder.Entries(GoldenPathReader.MostEntries);
            var isOne = inside.Any(entry =>
                entry.Name is GoldenPathReader.ManifestName or GoldenPathReader.SkeletonName || SemanticVersion.IsValid(entry.Name));
            return isOne ? OfGoldenPath(folder) : Read(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(GoldenPathReader.Unreadable(folder, error));
            return [];
        }
    }

    /// <summary>The version of a golden path that a tag names.</summary>
    public CatalogEntry OfTag(string name, TemplateEntry folder, string version) => folder.Kind == TemplateEntryKind.Folder
        ? Entry(name, folder, version)
        : Broken(name, folder, $"is {SkeletonReader.Word(folder.Kind)}: a golden path is a folder");

    /// <summary>The versions of one golden path.</summary>
    public IReadOnlyList<CatalogEntry> OfGoldenPath(TemplateEntry folder)
    {
        if (folder.Kind != TemplateEntryKind.Folder)
        {
            return [Broken(folder.Name, folder, $"is {SkeletonReader.Word(folder.Kind)}: a golden path is a folder")];
        }

        try
        {
            var inside = folder.Entries(GoldenPathReader.MostEntries);
            var versions = inside.Where(IsVersion).Select(version => OfVersion(folder.Name, version)).ToList();
            var isVersion = versions.Count == 0 || inside.Any(entry => entry.Name is GoldenPathReader.ManifestName or GoldenPathReader.SkeletonName);
            return isVersion ? [Entry(folder.Name, folder, version: null), .. versions] : versions;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [new CatalogEntry(Known(folder.Name), folder.Place, source, null, [GoldenPathReader.Unreadable(folder, error)])];
        }
    }

    /// <summary>One version of a golden path.</summary>
    public CatalogEntry OfVersion(string name, TemplateEntry folder) => folder.Kind switch
    {
        not TemplateEntryKind.Folder => Broken(name, folder, $"is {SkeletonReader.Word(folder.Kind)}: a version is a folder"),
        _ when !SemanticVersion.IsValid(folder.Name) => Broken(
            name, folder, $"has a {GoldenPathReader.ManifestName}, so it is a version of {name}: it must be called by that, such as 1.2.0"),
        _ => Entry(name, folder, folder.Name),
    };

    private CatalogEntry Entry(string name, TemplateEntry folder, string? version)
    {
        // At the root of a repository there is no folder that could name it.
        var loaded = new GoldenPathReader(folder, name.Length == 0 ? null : name, version).Read();
        return new CatalogEntry(loaded.Value?.Name ?? Known(name), folder.Place, source, loaded.Value, loaded.Errors);
    }

    private CatalogEntry Broken(string name, TemplateEntry entry, string message) =>
        new(Known(name), entry.Place, source, null, [new FileError(entry.Place, 0, 0, "", message)]);

    private string Known(string name) => name.Length == 0 ? unnamed : name;

    // What is called by a version, or has what makes one, is meant to be one.
    private static bool IsVersion(TemplateEntry entry) =>
        SemanticVersion.IsValid(entry.Name)
        || (entry.Kind == TemplateEntryKind.Folder
            && entry.Name != GoldenPathReader.SkeletonName
            && !entry.Name.StartsWith('.')
            && entry.Find(GoldenPathReader.ManifestName, GoldenPathReader.MostEntries) is not null);

    private static bool IsLinkToFolder(TemplateEntry entry) =>
        entry.Kind == TemplateEntryKind.Link && (entry is not DiskEntry || Directory.Exists(entry.Place));
}
