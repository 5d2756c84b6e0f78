using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Idp.Operator.Yaml;

/// <summary>Writes text so that it comes back as the same text.</summary>
public static partial class YamlScalar
{
    /// <summary>The text as a YAML scalar on one line: plain where no reader could take it for something else.</summary>
    /// <remarks>Readers of YAML 1.1, who take <c>on</c>, <c>1:30</c> and dates for something else, are thought of too.</remarks>
    public static string Write(string text) => Plain().IsMatch(text) && !Ambiguous().IsMatch(text) ? text : Quote(text);

    /// <summary>
    /// The text in double quotes: a string literal of JSON, YAML, TOML and Python alike, whatever the text is.
    /// </summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            Append(quoted, rune);
        }

        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder quoted, Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                quoted.Append("\\\"");
                break;
            case '\\':
                quoted.Append(@"\\");
                break;
            case '\n':
                quoted.Append(@"\n");
                break;
            case '\r':
                quoted.Append(@"\r");
                break;
            case '\t':
                quoted.Append(@"\t");
                break;
            case < ' ' or (>= 0x7f and <= 0x9f) or 0x2028 or 0x2029 or 0xfeff or 0xfffe or 0xffff:
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
                break;
            default:
                // Other characters stay as they are: Python would not join the two halves of an escaped emoji.
                quoted.Append(rune);
                break;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./$][A-Za-z0-9_./$@+=,()~^ -]*(:[A-Za-z0-9_./$@+=,()~^-]+)*(?<! )\z")]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"\A(~|null|true|false|yes|no|on|off|y|n|[-+]?[.0-9][0-9a-fox_.:,e+-]*|[-+]?\.(inf|nan)|[0-9]{4}-[0-9].*|=|\.\.\..*)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ambiguous();
}
