using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>What must be true of a skeleton's file, so that rendering it cannot fail.</summary>
internal static class SkeletonRules
{
    public static IEnumerable<FileError> Check(SkeletonFile file, string place, IReadOnlyList<GoldenPathParameter> parameters)
    {
        var parsed = file.Parsed;
        List<FileError> errors = [.. parsed.Errors.Select(error => error with { File = place })];
        Uses(parsed.Path, file, place, parameters, errors, inPath: true);
        if (parsed.Content is { } content)
        {
            Uses(content, file, place, parameters, errors, inPath: false);
        }

        var bare = file.EachEnvironment && !file.Path.Contains("{{", StringComparison.Ordinal);
        if (bare)
        {
            errors.Add(new FileError(place, 0, 0, "", "is rendered for each environment, but its path is the same for all of them"));
        }

        if (RenderedPath.Problem(parsed.Path.Render(_ => "x")) is { } problem)
        {
            errors.Add(new FileError(place, 0, 0, "", problem));
        }

        return errors;
    }

    /// <summary>Paths that are one file, or a file and a folder, where upper and lower case are the same.</summary>
    public static IEnumerable<FileError> Collisions(IReadOnlyList<SkeletonFile> files, string place)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Where(file => !seen.TryAdd(file.Path, file.Path)))
        {
            yield return new FileError($"{place}/{file.Path}", 0, 0, "", $"is '{seen[file.Path]}' where upper and lower case are the same");
        }

        foreach (var file in files)
        {
            if (RenderedPath.FoldersOf(file.Path).FirstOrDefault(seen.ContainsKey) is { } folder)
            {
                var message = $"lies in '{folder}', which is the file '{seen[folder]}' where upper and lower case are the same";
                yield return new FileError($"{place}/{file.Path}", 0, 0, "", message);
            }
        }
    }

    private static void Uses(
        Template template,
        SkeletonFile file,
        string place,
        IReadOnlyList<GoldenPathParameter> parameters,
        List<FileError> errors,
        bool inPath)
    {
        foreach (var (part, condition, line) in template.Uses())
        {
            var problem = (TemplateVariables.IsText(part.Text, parameters), inPath) switch
            {
                (null, _) => $"there is no value '{part.Text}'{Spelling.Hint(part.Text, TemplateVariables.Names(parameters))}",
                _ when !file.EachEnvironment && part.Text.StartsWith(TemplateVariables.EnvironmentPrefix, StringComparison.Ordinal) =>
                    $"'{part.Text}' has a value only in files with the rule 'each: environments'",
                (_, true) when condition || part.Filter != TemplateFilter.None => "a path takes plain names only",
                (true, _) when !condition && part.Filter == TemplateFilter.None =>
                    $"'{part.Text}' can be any text: write {{{{ {part.Text} | json }}}}, | yaml or | line",
                _ => null,
            };
            if (problem is not null)
            {
                errors.Add(new FileError(place, inPath ? 0 : line, inPath ? 0 : part.Column, "", problem));
            }
        }
    }
}
