using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Checks the values that an application gives to its golden path's parameters.</summary>
internal static class ParameterValues
{
    /// <summary>The most characters of a value.</summary>
    public const int Longest = 1024;

    /// <summary>Everything that is wrong, in sentences for a condition's message; empty if nothing is.</summary>
    public static List<string> Check(GoldenPath path, IReadOnlyDictionary<string, string> given)
    {
        var errors = new List<string>();
        foreach (var name in given.Keys.Where(name => path.Parameters.All(p => p.Name != name)).Order(StringComparer.Ordinal))
        {
            var names = path.Parameters.Select(p => p.Name).ToList();
            var hint = Spelling.Hint(name, names);
            errors.Add(hint.Length > 0
                ? $"Golden path {path.Name} has no parameter '{name}'{hint}"
                : $"Golden path {path.Name} has no parameter '{name}'; it has {(names.Count == 0 ? "none" : string.Join(", ", names))}.");
        }

        foreach (var parameter in path.Parameters)
        {
            if (!given.TryGetValue(parameter.Name, out var value))
            {
                if (parameter.Required)
                {
                    errors.Add($"Parameter {parameter.Name} of golden path {path.Name} is required: {parameter.Description}");
                }
            }
            else if (Problem(parameter, value) is { } problem)
            {
                errors.Add($"Parameter {parameter.Name} of golden path {path.Name} {problem}.");
            }
        }

        return errors;
    }

    /// <summary>The values to render with: those that were given, and the defaults of the others.</summary>
    public static Dictionary<string, string> WithDefaults(GoldenPath path, IReadOnlyDictionary<string, string> given) =>
        path.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => given.GetValueOrDefault(parameter.Name) ?? parameter.Default ?? "",
            StringComparer.Ordinal);

    /// <summary>What is wrong with a value, as the end of a sentence; null if nothing is.</summary>
    public static string? Problem(GoldenPathParameter parameter, string value) => parameter.Type switch
    {
        _ when value.Length > Longest => $"is longer than {Longest} characters",
        ParameterType.Number => NumberProblem(parameter, value),
        ParameterType.Boolean => value is "true" or "false" ? null : "must be true or false",
        ParameterType.Choice => parameter.Values.Contains(value) ? null : $"must be one of {string.Join(", ", parameter.Values)}",
        _ when parameter.Pattern is { } pattern => PatternProblem(pattern, value),
        _ => null,
    };

    /// <summary>The regular expression of a parameter, which takes time in proportion to the text and fits it as a whole.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression of that kind.</exception>
    public static Regex Whole(string pattern)
    {
        try
        {
            return new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(error.Message, nameof(pattern), error);
        }
    }

    private static string? NumberProblem(GoldenPathParameter parameter, string value)
    {
        // The written form must be the plain one, because it is put into files as it is.
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number.ToString(CultureInfo.InvariantCulture) != value)
        {
            return "must be a whole number";
        }

        return number < parameter.Minimum ? $"must be at least {parameter.Minimum}"
            : number > parameter.Maximum ? $"must be at most {parameter.Maximum}"
            : null;
    }

    private static string? PatternProblem(string pattern, string value) =>
        value.Any(char.IsControl) || !Whole(pattern).IsMatch(value) ? $"must fit {pattern}" : null;
}
