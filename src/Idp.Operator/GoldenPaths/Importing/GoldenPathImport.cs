using Idp.Operator.GoldenPaths.Checking;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>What a template is written for.</summary>
internal enum ImportFormat
{
    /// <summary>Cookiecutter.</summary>
    Cookiecutter,

    /// <summary>Backstage's scaffolder.</summary>
    Backstage,
}

/// <summary>What came of an import.</summary>
/// <param name="Files">The files of the golden path's folder; null where there are errors.</param>
/// <param name="Notes">What could not be said, and what became of it.</param>
/// <param name="Errors">Why there is no golden path.</param>
/// <param name="Warnings">What the golden path is warned of.</param>
internal sealed record ImportedGoldenPath(
    IReadOnlyList<RenderedFile>? Files, IReadOnlyList<FileError> Notes, IReadOnlyList<FileError> Errors, IReadOnlyList<FileError> Warnings);

/// <summary>Makes golden paths of other tools' templates. What comes out passes the check, or does not come out.</summary>
internal static class GoldenPathImport
{
    /// <summary>Makes one.</summary>
    /// <param name="folder">The template.</param>
    /// <param name="format">What it is written for.</param>
    /// <param name="name">The name of the golden path.</param>
    /// <param name="place">Where it will be, for people.</param>
    public static ImportedGoldenPath Run(TemplateEntry folder, ImportFormat format, string name, string place)
    {
        var report = new ImportReport();
        var errors = new List<FileError>();
        MemoryEntry? made = null;
        try
        {
            var template = format == ImportFormat.Cookiecutter
                ? new CookiecutterImport(report).Read(folder, errors)
                : new BackstageImport(report).Read(folder, errors);
            made = template?.ToFolder(name, place);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(GoldenPathReader.Unreadable(folder, error));
        }

        if (made is null || errors.Count > 0)
        {
            return new ImportedGoldenPath(null, report.Notes, FileError.Sorted(errors), []);
        }

        var found = GoldenPathCheck.Run(made);
        return new ImportedGoldenPath(found.Errors.Count == 0 ? [.. FilesOf(made, "")] : null, report.Notes, found.Errors, found.Warnings);
    }

    private static IEnumerable<RenderedFile> FilesOf(TemplateEntry folder, string prefix) => folder.Entries(int.MaxValue - 1).SelectMany(entry =>
        entry.Kind == TemplateEntryKind.Folder
            ? FilesOf(entry, $"{prefix}{entry.Name}/")
            : [new RenderedFile(prefix + entry.Name, entry.Read(), entry.Executable)]);
}
