using System.CommandLine;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Importing;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>golden-path import</c>: makes a golden path of another tool's template, as far as that can be said without code.</summary>
internal static class GoldenPathImportCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The template: the folder with cookiecutter.json or with Backstage's template.yaml." };
        var from = new Option<ImportFormat>("--from")
        {
            Description = "What the template is written for.",
            HelpName = "cookiecutter|backstage",
            Required = true,
        };
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = "The folder of the golden path; its last part is the name.",
            HelpName = "DIR",
            Required = true,
        };
        var command = new Command("import", "Makes a golden path of another tool's template, and lists what could not be said. Nothing of it is run.")
        {
            folder, from, to,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder), parsed.GetValue(from), parsed.GetRequiredValue(to), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(DirectoryInfo folder, ImportFormat from, DirectoryInfo to, TextWriter writer)
    {
        var target = Path.TrimEndingDirectorySeparator(to.FullName);
        var imported = GoldenPathImport.Run(DiskEntry.Of(Path.TrimEndingDirectorySeparator(folder.FullName)), from, Path.GetFileName(target), target);
        Print("note", imported.Notes);
        Print("error", imported.Errors);
        if (imported.Files is null)
        {
            writer.WriteLine($"Nothing was written: {imported.Errors.Count} errors.");
            return ExitCodes.Refused;
        }

        try
        {
            RenderedFolder.Write(target, imported.Files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            writer.WriteLine($"Nothing was written: {error.Message}.");
            return ExitCodes.Usage;
        }

        Print("warning", imported.Warnings);
        writer.WriteLine($"{target}: {imported.Files.Count - 1} files; {imported.Notes.Count} things could not be taken over as they were: see the notes.");
        return ExitCodes.Success;

        void Print(string word, IReadOnlyList<FileError> found)
        {
            foreach (var each in found)
            {
                writer.WriteLine(CheckReport.Line(word, each));
            }
        }
    }
}
