using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Entities;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Checking;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>golden-path check</c>: says what is wrong with golden paths before the operator does.</summary>
internal static class GoldenPathCheckCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "A golden path, one version of one, or a folder of golden paths." };
        var render = new Option<DirectoryInfo?>("--render")
        {
            Description = "Write what an example application would get, below this folder.",
            HelpName = "DIR",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        var set = new Option<string[]>("--set")
        {
            Description = "One more example, with these parameters: NAME=VALUE[,NAME=VALUE]. Can be given many times.",
            HelpName = "NAME=VALUE",
        };
        var output = new Option<CheckOutput>("--output", "-o") { Description = "How the findings are printed.", HelpName = "text|json" };
        var command = new Command("check", "Says what is wrong with golden paths: file, line, column, message. Ends with 1 where there is an error.")
        {
            folder, render, set, output,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder),
            new CheckRendering(
                parsed.GetResult(render) is null or { Implicit: true } ? null : parsed.GetValue(render) ?? new DirectoryInfo("rendered"),
                parsed.GetValue(set) ?? []),
            parsed.GetValue(output),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(DirectoryInfo folder, CheckRendering rendering, CheckOutput output, TextWriter writer)
    {
        var found = GoldenPathCheck.Run(DiskEntry.Of(Path.TrimEndingDirectorySeparator(folder.FullName)));
        var (written, problems) = rendering.Write(found.Paths);
        var report = new CheckReport
        {
            GoldenPaths = [.. found.Paths.Select(path => new TemplateStatus { Name = path.Name, Version = path.Version })],
            Errors = [.. found.Errors, .. problems],
            Warnings = found.Warnings,
            Rendered = written,
        };
        if (output == CheckOutput.Json)
        {
            writer.WriteLine(JsonSerializer.Serialize(report, CheckJson.Readable.CheckReport));
        }
        else
        {
            report.WriteText(writer);
        }

        return report.Errors.Count > 0 ? ExitCodes.Refused : ExitCodes.Success;
    }
}

/// <summary>How findings are printed.</summary>
internal enum CheckOutput
{
    /// <summary>One a line, as editors read them.</summary>
    Text,

    /// <summary>As one JSON object.</summary>
    Json,
}

/// <summary>What a check found, as it is printed.</summary>
internal sealed record CheckReport
{
    /// <summary>The golden paths without errors.</summary>
    public required IReadOnlyList<TemplateStatus> GoldenPaths { get; init; }

    /// <summary>What the operator would refuse.</summary>
    public required IReadOnlyList<FileError> Errors { get; init; }

    /// <summary>What is allowed, and seldom meant.</summary>
    public required IReadOnlyList<FileError> Warnings { get; init; }

    /// <summary>The folders that examples were written to.</summary>
    public required IReadOnlyList<string> Rendered { get; init; }

    /// <summary>A finding as compilers print it, which editors can jump to.</summary>
    public static string Line(string word, FileError found)
    {
        var place = found.Line == 0 ? found.File : $"{found.File}:{found.Line}:{found.Column}";
        return $"{place}: {word}: {(found.Path.Length == 0 ? "" : $"{found.Path}: ")}{found.Message}";
    }

    /// <summary>Prints it for people and editors.</summary>
    public void WriteText(TextWriter writer)
    {
        foreach (var (word, found) in new[] { ("error", Errors), ("warning", Warnings) })
        {
            foreach (var each in found)
            {
                writer.WriteLine(Line(word, each));
            }
        }

        foreach (var folder in Rendered)
        {
            writer.WriteLine($"rendered: {folder}");
        }

        var good = string.Join(", ", GoldenPaths.Select(path => $"{path.Name} {path.Version}"));
        writer.WriteLine($"{(good.Length == 0 ? "nothing" : good)} can be used; {Errors.Count} errors, {Warnings.Count} warnings.");
    }
}

/// <summary>How findings are written as JSON, without reflection.</summary>
[JsonSerializable(typeof(CheckReport))]
internal sealed partial class CheckJson : JsonSerializerContext
{
    /// <summary>With quotes and braces as they are: no page of the web takes it in.</summary>
    public static CheckJson Readable => new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>Writes what examples get.</summary>
/// <param name="Folder">Where to; null for nowhere.</param>
/// <param name="Variations">The parameters of each example beyond the first.</param>
internal sealed record CheckRendering(DirectoryInfo? Folder, IReadOnlyList<string> Variations)
{
    /// <summary>Writes each golden path for each example; without a folder it only tries them.</summary>
    /// <returns>The folders, and what could not be rendered.</returns>
    public (IReadOnlyList<string> Written, IReadOnlyList<FileError> Problems) Write(IReadOnlyList<GoldenPath> paths)
    {
        var written = new List<string>();
        var problems = new List<FileError>();
        foreach (var path in paths.Where(path => path.Repository is null && (Folder is not null || Variations.Count > 0)))
        {
            foreach (var variation in (IReadOnlyList<string>)["", .. Variations])
            {
                try
                {
                    Write(path, variation, written);
                }
                catch (Exception error) when (error is GoldenPathParameterException or IOException or UnauthorizedAccessException)
                {
                    problems.Add(new FileError($"{path.Name} {path.Version}", 0, 0, variation.Length == 0 ? "--render" : $"--set {variation}", error.Message));
                }
            }
        }

        return (written, problems);
    }

    /// <summary>The parameters of <c>NAME=VALUE,NAME=VALUE</c>; a comma that begins no parameter is part of a value.</summary>
    internal static Dictionary<string, string> Parse(string variation)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var last = "";
        foreach (var piece in variation.Split(',', StringSplitOptions.None).Where(_ => variation.Length > 0))
        {
            if (piece.Split('=', 2) is [var name, var value] && System.Text.RegularExpressions.Regex.IsMatch(name, $@"\A{Patterns.ParameterName}\z"))
            {
                values[last = name] = value;
            }
            else if (last.Length > 0)
            {
                values[last] += $",{piece}";
            }
            else
            {
                throw new GoldenPathParameterException([$"'{piece}' is not NAME=VALUE."]);
            }
        }

        return values;
    }

    private void Write(GoldenPath path, string variation, List<string> written)
    {
        var input = ExampleApplication.Of(path, Parse(variation)) ?? throw new GoldenPathParameterException(
        [
            "A required parameter has a pattern that no example is known for: --set NAME=VALUE. Required: "
            + $"{string.Join(", ", path.Parameters.Where(p => p.Required).Select(p => p.Name))}.",
        ]);
        var files = GoldenPathRenderer.Render(path, input);
        if (Folder is null)
        {
            return;
        }

        var name = variation.Length == 0
            ? "default"
            : string.Concat(variation.Select(c => char.IsAsciiLetterOrDigit(c) || c is '=' or '-' or '_' or ',' ? c : '_'));
        var target = Path.Combine(Folder.FullName, $"{path.Name}-{path.Version}", name);
        RenderedFolder.Write(target, files);
        written.Add(target);
    }
}
