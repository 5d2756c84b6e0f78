using System.Text.RegularExpressions;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>What a template language says in its braces, as far as it can be said without code. Pure.</summary>
/// <param name="Prefix">What variables begin with: <c>cookiecutter.</c> or <c>values.</c>.</param>
/// <param name="Opening">What an expression begins with: <c>{{</c> or <c>${{</c>.</param>
internal sealed partial record ImportedLanguage(string Prefix, string Opening)
{
    /// <summary>Cookiecutter, which is Jinja.</summary>
    public static ImportedLanguage Cookiecutter { get; } = new("cookiecutter.", "{{");

    /// <summary>Backstage's scaffolder, which is Nunjucks with other braces.</summary>
    public static ImportedLanguage Backstage { get; } = new("values.", "${{");

    /// <summary>The variable of an expression that is nothing but one, and whether it is to be written as JSON; null for anything else.</summary>
    public (string Name, bool AsJson)? Variable(string expression)
    {
        var match = Plain().Match(expression);
        return match.Success && match.Groups["prefix"].Value is var prefix && (prefix == Prefix || (Opening == "${{" && prefix == "parameters."))
            ? (match.Groups["name"].Value, match.Groups["filter"].Value is "dump" or "tojson" or "jsonify")
            : null;
    }

    /// <summary>The text of an expression that is nothing but a text in quotes; null for anything else.</summary>
    public static string? Literal(string expression) =>
        Quoted().Match(expression) is { Success: true } match ? match.Groups["text"].Value : null;

    /// <summary>The variables that a condition asks for, all of which must hold; null where it cannot be said.</summary>
    public IReadOnlyList<(string Name, bool IsNegated)>? Condition(string condition)
    {
        var parts = condition.Split(" and ", StringSplitOptions.TrimEntries).Select(One).ToList();
        return parts.All(part => part is not null) ? [.. parts.Select(part => part!.Value)] : null;
    }

    private (string Name, bool IsNegated)? One(string condition)
    {
        var match = Asked().Match(condition);
        if (!match.Success || match.Groups["prefix"].Value != Prefix)
        {
            return null;
        }

        // With nothing to compare with, the variable itself is asked.
        var isYes = match.Groups["value"] is not { Success: true } value || Flags.Parse(value.Value.Trim('\'', '"')) is not { } flag || flag;
        var isFlag = !match.Groups["value"].Success || Flags.Parse(match.Groups["value"].Value.Trim('\'', '"')) is not null;
        return isFlag ? (match.Groups["name"].Value, match.Groups["not"].Success ^ (match.Groups["op"].Value == "!=") ^ !isYes) : null;
    }

    [GeneratedRegex(@"\A\s*(?<prefix>[a-z]+\.)(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*(\|\s*(?<filter>dump|tojson|jsonify)\s*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("""\A\s*(?<quote>['"])(?<text>[^'"]*)\k<quote>\s*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"\A(?<not>not\s+)?\(?(?<prefix>[a-z]+\.)(?<name>[A-Za-z_][A-Za-z0-9_]*)"
        + """(\s*(?<op>==|!=|is)\s*(?<value>'[A-Za-z]*'|"[A-Za-z]*"|true|false|True|False))?\)?\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}

/// <summary>The words by which other templates say yes and no. Pure.</summary>
internal static class Flags
{
    /// <summary>True for yes, false for no, null for anything else.</summary>
    public static bool? Parse(string text) => text.ToLowerInvariant() switch
    {
        "y" or "yes" or "true" or "on" => true,
        "n" or "no" or "false" or "off" => false,
        _ => null,
    };
}
