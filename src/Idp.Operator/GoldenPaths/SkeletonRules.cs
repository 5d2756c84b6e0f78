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

        errors.AddRange(file.When
            .Select(name => (name, problem: NameProblem(name, file, parameters)))
            .Where(rule => rule.problem is not null)
            .Select(rule => new FileError(place, 0, 0, "", $"has the rule 'when: {rule.name}', but {rule.problem}")));
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
            var problem = NameProblem(part.Text, file, parameters) ?? (TemplateVariables.IsText(part.Text, parameters), inPath) switch
            {
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

    private static string? NameProblem(string name, SkeletonFile file, IReadOnlyList<GoldenPathParameter> parameters) =>
        TemplateVariables.IsText(name, parameters) is null
            ? $"there is no value '{name}'{Spelling.Hint(name, TemplateVariables.Names(parameters))}"
            : !file.EachEnvironment && name.StartsWith(TemplateVariables.EnvironmentPrefix, StringComparison.Ordinal)
                ? $"'{name}' has a value only in files with the rule 'each: environments'"
                : null;
}
