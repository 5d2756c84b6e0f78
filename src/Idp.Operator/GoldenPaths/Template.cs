using System.Text;
using System.Text.RegularExpressions;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>A text with <c>{{ name }}</c>, <c>{{ name | filter }}</c>, <c>{{? name }}</c> and <c>{{?! name }}</c> in it, parsed once.</summary>
/// <remarks>
/// What is put in is never looked at again, so a value cannot name another value. <c>${{ … }}</c> belongs to GitHub
/// Actions and stays; every other <c>{{</c> must be a placeholder, so that a typing error cannot pass.
/// </remarks>
internal sealed partial class Template
{
    private readonly List<TemplateLine> _lines;

    private Template(List<TemplateLine> lines) => _lines = lines;

    /// <summary>Parses a text; what is wrong with it goes to <paramref name="errors"/>.</summary>
    public static Template Parse(string text, string file, List<FileError> errors)
    {
        var lines = new List<TemplateLine>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(ParseLine(text[start..end], file, lines.Count + 1, errors));
            start = end;
        }

        return new Template(lines);
    }

    /// <summary>Every value that the text asks for: its name, its filter (none for a condition) and its place.</summary>
    public IEnumerable<(TemplatePart Part, bool IsCondition, int Line)> Uses() =>
        _lines.SelectMany((line, index) => line.Conditions.Select(part => (part, true, index + 1))
            .Concat(line.Parts.Where(part => part.IsValue).Select(part => (part, false, index + 1))));

    /// <summary>Whether a value keeps a line that is there for it: it is neither empty nor <c>false</c>, as a boolean is that does not hold.</summary>
    public static bool Holds(string value) => value is not ("" or "false");

    /// <summary>The text with its values put in.</summary>
    public string Render(Func<string, string> value)
    {
        var text = new StringBuilder();
        foreach (var line in _lines.Where(line => line.Conditions.All(condition => Holds(value(condition.Text)) != condition.IsNegated)))
        {
            foreach (var part in line.Parts)
            {
                text.Append(part.IsValue ? Filtered(value(part.Text), part.Filter) : part.Text);
            }
        }

        return text.ToString();
    }

    private static TemplateLine ParseLine(string line, string file, int number, List<FileError> errors)
    {
        var conditions = new List<TemplatePart>();
        var parts = new List<TemplatePart>();
        var at = 0;

        // What is opened behind the last end is never closed: to look for its end from each opening would take the square of the line's length.
        var end = line.LastIndexOf("}}", StringComparison.Ordinal);
        foreach (Match match in Token().Matches(end < 0 ? "" : line[..(end + 2)]))
        {
            AddText(match.Index);
            at = match.Index + match.Length;
            if (!match.Groups["name"].Success)
            {
                parts.Add(new TemplatePart(match.Value, false, TemplateFilter.None, match.Index + 1));
                continue;
            }

            var name = match.Groups["name"].Value;
            if (match.Groups["condition"].Success)
            {
                conditions.Add(new TemplatePart(name, true, TemplateFilter.None, match.Index + 1, match.Groups["condition"].Value == "?!"));
                at += line.AsSpan(at).IndexOfAnyExcept(' ') is > 0 and var blanks ? blanks : 0;
                continue;
            }

            parts.Add(new TemplatePart(name, true, FilterOf(match), match.Index + 1));
        }

        AddText(line.Length);
        return new TemplateLine(conditions, parts);

        void AddText(int to)
        {
            var text = line[at..to];
            if (text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var brace)
            {
                const string message = "this {{ begins no placeholder: {{ name }}, {{ name | json }}, {{? name }} or {{?! name }}";
                errors.Add(new FileError(file, number, at + brace + 1, "", message));
            }

            if (text.Length > 0)
            {
                parts.Add(new TemplatePart(text, false, TemplateFilter.None, at + 1));
            }
        }
    }

    private static TemplateFilter FilterOf(Match match) => match.Groups["filter"].Value switch
    {
        "json" => TemplateFilter.Json,
        "yaml" => TemplateFilter.Yaml,
        "line" => TemplateFilter.Line,
        _ => TemplateFilter.None,
    };

    private static string Filtered(string value, TemplateFilter filter) => filter switch
    {
        TemplateFilter.Json => YamlScalar.Quote(value),
        TemplateFilter.Yaml => YamlScalar.Write(value),
        TemplateFilter.Line => Blanks().Replace(value, " ").Trim(),
        _ => value,
    };

    [GeneratedRegex(
        @"\$\{\{.*?\}\}"
        + @"|\{\{(?<condition>\?!?) *(?<name>[A-Za-z][A-Za-z0-9_.]*) *\}\}"
        + @"|\{\{ *(?<name>[A-Za-z][A-Za-z0-9_.]*) *(\| *(?<filter>json|yaml|line) *)?\}\}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}

/// <summary>One line of a template, with its line end.</summary>
/// <param name="Conditions">The values that must not be empty (or, negated, must be) for the line to stay.</param>
/// <param name="Parts">What it consists of.</param>
internal sealed record TemplateLine(IReadOnlyList<TemplatePart> Conditions, IReadOnlyList<TemplatePart> Parts);

/// <summary>A piece of a line: text that stays, or the name of a value.</summary>
/// <param name="Text">The text, or the name.</param>
/// <param name="IsValue">Whether it is a name.</param>
/// <param name="Filter">How the value is put in.</param>
/// <param name="Column">Where it begins in its line, from 1.</param>
/// <param name="IsNegated">Whether a condition holds where the value is empty.</param>
internal readonly record struct TemplatePart(string Text, bool IsValue, TemplateFilter Filter, int Column, bool IsNegated = false);

/// <summary>How a value is put into a file.</summary>
internal enum TemplateFilter
{
    /// <summary>As it is; only for values that cannot break out of any syntax.</summary>
    None,

    /// <summary>In double quotes, as JSON, YAML, TOML and Python read it.</summary>
    Json,

    /// <summary>As a YAML scalar: in quotes only if it must be.</summary>
    Yaml,

    /// <summary>As one line of plain text.</summary>
    Line,
}
