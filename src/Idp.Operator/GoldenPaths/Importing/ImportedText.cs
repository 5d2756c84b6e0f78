using System.Text;
using System.Text.RegularExpressions;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>Turns the text of one file into ours, line by line. What cannot be said stays to be read, in square brackets, and is noted.</summary>
/// <param name="language">What the text is written in.</param>
/// <param name="values">What its variables are in ours.</param>
/// <param name="report">Hears what could not be said.</param>
internal sealed partial class ImportedText(ImportedLanguage language, IReadOnlyDictionary<string, ImportedValue> values, ImportReport report)
{
    private const int LongestLine = 4000;

    // Conditions of ours are on every line of a block, and blocks stand in one another.
    private readonly Stack<ImportedBlock> _blocks = new();
    private bool _isRaw;
    private string _file = "";
    private int _line;

    /// <summary>The path, without conditions.</summary>
    public string Path(string path, string file)
    {
        (_file, _line) = (file, 0);
        return Line(path);
    }

    /// <summary>The content.</summary>
    public string Content(string text, string file)
    {
        (_file, _line, _isRaw) = (file, 0, false);
        _blocks.Clear();
        var written = new StringBuilder();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            _line++;
            written.Append(WholeLine(text[start..end]));
            start = end;
        }

        if (_blocks.Count > 0)
        {
            Note(1, "a condition has no end: its lines go to the end of the file");
        }

        return written.ToString();
    }

    /// <summary>A line with its end; the empty text for one that is a statement alone.</summary>
    private string WholeLine(string line)
    {
        if (!_isRaw && line.Length <= LongestLine && Guarded().Match(line) is { Success: true } guarded)
        {
            var text = guarded.Groups["lead"].Value + Line(guarded.Groups["text"].Value) + guarded.Groups["end"].Value;
            return Block(guarded.Groups["condition"].Value).Prefix(text, _blocks);
        }

        var around = _blocks.ToList();
        var written = Line(line);
        if (Statement().IsMatch(line) && string.IsNullOrWhiteSpace(written))
        {
            return "";
        }

        if (Condition().IsMatch(line) && !_isRaw)
        {
            Note(1, "a condition within a line cannot be said: the text is always there");
        }

        return around.Intersect(_blocks).Aggregate(written, (text, block) => block.Guard(text));
    }

    private string Line(string line)
    {
        if (line.Length > LongestLine)
        {
            Note(1, $"has more than {LongestLine} characters, so no expression in it is looked at");
            return Text(line.Replace("${{", "$[[", StringComparison.Ordinal), 0);
        }

        var written = new StringBuilder();
        var at = 0;
        foreach (Match token in Token().Matches(line))
        {
            written.Append(Text(line[at..token.Index], at));
            at = token.Index + token.Length;
            written.Append(token.Value switch
            {
                _ when token.Groups["statement"].Success => Said(token.Groups["statement"].Value.Trim(), token),
                var text when _isRaw => Text(text, token.Index),
                _ when token.Groups["comment"].Success => "",
                _ => Expression(token, written, line.AsSpan(at), out at, at),
            });
        }

        return written.Append(Text(line[at..], at)).ToString();
    }

    /// <summary>Text outside of all braces. Ours begin with two, so that two of others cannot stay.</summary>
    private string Text(string text, int column)
    {
        if (OtherBraces().IsMatch(text))
        {
            Note(column + 1, "{{ is a placeholder of ours: written as [[ here; a rule 'verbatim: true' keeps a whole file");
            return OtherBraces().Replace(text, "[[");
        }

        return text;
    }

    private string Expression(Match token, StringBuilder before, ReadOnlySpan<char> after, out int at, int end)
    {
        at = end;
        var expression = token.Groups["expression"].Value.Trim('-').Trim();
        var opening = token.Groups["dollar"].Value + "{{";
        if (opening != language.Opening && !(opening == "${{" && expression.StartsWith(language.Prefix, StringComparison.Ordinal)))
        {
            // GitHub Actions' own, or braces that mean nothing to the other template.
            return opening == "${{" ? token.Value : Text(token.Value, token.Index);
        }

        var dollar = opening == "${{" && language.Opening == "{{" ? "$" : "";
        if (ImportedLanguage.Literal(expression) is { } literal)
        {
            return Text(dollar + literal, token.Index);
        }

        if (language.Variable(expression) is not var (name, asJson) || !values.TryGetValue(name, out var value))
        {
            if (opening == "${{" && !Mentions(expression))
            {
                return token.Value;
            }

            Note(token.Index + 1, $"'{expression}' cannot be said without code: it is written as [[ {expression} ]]");
            return $"[[ {expression} ]]";
        }

        if (value.Name is null)
        {
            return dollar + Text(value.Text, token.Index);
        }

        var isQuoted = value.Kind == ImportedKind.AnyText && before.Length > 0 && before[^1] == '"' && after.StartsWith("\"");
        if (isQuoted)
        {
            before.Length--;
            at = end + 1;
        }

        return dollar + (value.Kind, asJson || isQuoted) switch
        {
            (_, true) => $"{{{{ {value.Name} | json }}}}",
            (ImportedKind.AnyText, _) => $"{{{{ {value.Name} | line }}}}",
            _ => $"{{{{ {value.Name} }}}}",
        };
    }

    private bool Mentions(string expression) =>
        expression.Contains(language.Prefix, StringComparison.Ordinal)
        || (language.Opening == "${{" && expression.Contains("parameters.", StringComparison.Ordinal));

    private string Said(string statement, Match token)
    {
        statement = statement.Trim('-', '+').Trim();
        var word = statement.Split(' ', 2)[0];
        if (_isRaw)
        {
            _isRaw = word != "endraw";
            return _isRaw ? Text(token.Value, token.Index) : "";
        }

        switch (word)
        {
            case "raw":
                _isRaw = true;
                break;
            case "if":
                _blocks.Push(Block(statement[2..].Trim()));
                break;
            case "else" when _blocks.TryPop(out var block):
                _blocks.Push(block.Else());
                NoteElse(block, token);
                break;
            case "elif" or "elseif" when _blocks.TryPop(out _):
                Note(token.Index + 1, $"'{statement}' cannot be said: its lines are always there");
                _blocks.Push(ImportedBlock.Always);
                break;
            case "endif" when _blocks.TryPop(out _):
                break;
            default:
                Note(token.Index + 1, $"'{statement}' cannot be said without code: it is left out");
                break;
        }

        return "";
    }

    private void NoteElse(ImportedBlock block, Match token)
    {
        if (block.Conditions.Count > 1)
        {
            Note(token.Index + 1, "'else' of several conditions cannot be said: its lines are always there");
        }
    }

    private ImportedBlock Block(string condition)
    {
        var asked = language.Condition(condition.Trim('-').Trim());
        if (asked?.All(one => values.TryGetValue(one.Name, out var value) && value.Name is not null) == true)
        {
            return new ImportedBlock([.. asked.Select(one => (values[one.Name].Name!, one.IsNegated))]);
        }

        Note(1, $"the condition '{condition.Trim()}' cannot be said: its lines are always there");
        return ImportedBlock.Always;
    }

    private void Note(int column, string message) => report.Note(_file, _line, _line == 0 ? 0 : column, message);

    [GeneratedRegex(
        @"\{%(?<statement>.*?)%\}|\{#(?<comment>.*?)#\}"
        + @"|(?<dollar>\$?)\{\{(?<expression>.*?)\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"\{%|\{#", RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\{%[-+]?\s*(if|else|elif|elseif|endif)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();

    [GeneratedRegex(@"(?<!\$)\{\{", RegexOptions.CultureInvariant)]
    private static partial Regex OtherBraces();

    // The condition, all of the line, and its end.
    [GeneratedRegex(
        @"\A(?<lead>\s*)\{%[-+]?\s*if\s(?<condition>((?!%\}).)*)%\}(?<text>((?!\{%).)+)\{%[-+]?\s*endif\s*[-+]?%\}(?<end>\s*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Guarded();
}

/// <summary>Lines that are there under conditions.</summary>
/// <param name="Conditions">The names that must hold, or must not.</param>
internal sealed record ImportedBlock(IReadOnlyList<(string Name, bool IsNegated)> Conditions)
{
    /// <summary>Lines that are always there.</summary>
    public static ImportedBlock Always { get; } = new([]);

    /// <summary>The other branch; always there where one condition of several would have to fail.</summary>
    public ImportedBlock Else() => Conditions is [var (name, isNegated)] ? new([(name, !isNegated)]) : Always;

    /// <summary>A line under the conditions.</summary>
    public string Guard(string line) =>
        string.Concat(Conditions.Select(condition => $"{{{{?{(condition.IsNegated ? "!" : "")} {condition.Name} }}}}")) + line;

    /// <summary>A line under these conditions and those around it.</summary>
    public string Prefix(string line, IEnumerable<ImportedBlock> around) => around.Aggregate(Guard(line), (text, block) => block.Guard(text));
}
