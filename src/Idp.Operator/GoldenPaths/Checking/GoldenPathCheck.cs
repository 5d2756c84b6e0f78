using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Checking;

/// <summary>Reads golden paths as the operator does, and says besides what is allowed and seldom meant.</summary>
internal static class GoldenPathCheck
{
    /// <summary>Checks what lies at a place: a golden path, one version of one, or a folder of golden paths.</summary>
    public static CheckedGoldenPaths Run(TemplateEntry folder)
    {
        var errors = new List<FileError>();
        var catalog = GoldenPathCatalog.Of(EntriesOf(folder, errors));
        errors.AddRange(catalog.Errors);
        var paths = catalog.Names.SelectMany(name => catalog.VersionsOf(name).Select(version => catalog.Find(name, VersionRange.Exactly(version))!)).ToList();
        if (paths.Count == 0 && errors.Count == 0)
        {
            errors.Add(new FileError(folder.Place, 0, 0, "", "holds no golden path: a folder with a template.yaml"));
        }

        var places = catalog.Places;
        var warnings = paths.SelectMany(path => new GoldenPathWarnings(path, places[(path.Name, path.Version)], catalog).Find());
        return new CheckedGoldenPaths(paths, FileError.Sorted(errors), FileError.Sorted(warnings));
    }

    private static IReadOnlyList<CatalogEntry> EntriesOf(TemplateEntry folder, List<FileError> errors)
    {
        var reader = new SourceReader(folder.Place, errors);
        try
        {
            var inside = folder.Entries(GoldenPathReader.MostEntries);
            var isVersion = SemanticVersion.IsValid(folder.Name)
                && inside.Any(entry => entry.Name is GoldenPathReader.ManifestName or GoldenPathReader.SkeletonName);
            return isVersion && Path.GetDirectoryName(folder.Place) is { Length: > 0 } around
                ? [reader.OfVersion(Path.GetFileName(around), folder)]
                : reader.ReadAny(folder);
        }
        catch (DirectoryNotFoundException)
        {
            errors.Add(new FileError(folder.Place, 0, 0, "", "there is no such folder"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(GoldenPathReader.Unreadable(folder, error));
        }

        return [];
    }
}

/// <summary>What a check found.</summary>
/// <param name="Paths">The golden paths without errors, each version on its own.</param>
/// <param name="Errors">What the operator refuses.</param>
/// <param name="Warnings">What is allowed, and seldom meant.</param>
internal sealed record CheckedGoldenPaths(IReadOnlyList<GoldenPath> Paths, IReadOnlyList<FileError> Errors, IReadOnlyList<FileError> Warnings);
