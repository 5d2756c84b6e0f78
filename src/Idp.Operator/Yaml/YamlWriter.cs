using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Operator.Yaml;

/// <summary>Writes JSON as YAML for people: block style, keys in the order in which they come, text in quotes only if it must be.</summary>
/// <remarks>What is written reads back as the same JSON, with readers of YAML 1.1 and of 1.2.</remarks>
public static class YamlWriter
{
    /// <summary>Writes one document, with a line end after it.</summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        if (!TryWriteParts(text, node, 0))
        {
            text.Append(Scalar(node)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Writes the entries of a mapping or the items of a list; false where there are none. The first stands where the text ends.</summary>
    private static bool TryWriteParts(StringBuilder text, JsonNode? node, int indent)
    {
        var isFirst = true;
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            Begin();
            text.Append(YamlScalar.Write(key)).Append(':');
            WriteValue(text, value, indent);
        }

        foreach (var item in node as JsonArray ?? [])
        {
            Begin();
            text.Append('-');
            if (item is JsonObject { Count: > 0 })
            {
                text.Append(' ');
                TryWriteParts(text, item, indent + 2);
            }
            else
            {
                WriteValue(text, item, indent);
            }
        }

        return !isFirst;

        void Begin()
        {
            Indent(text, isFirst ? 0 : indent);
            isFirst = false;
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            Indent(text, indent + 2);
            TryWriteParts(text, value, indent + 2);
        }
        else if (value?.GetValueKind() == JsonValueKind.String && IsBlock(value.GetValue<string>()))
        {
            WriteBlock(text, value.GetValue<string>(), indent + 2);
        }
        else
        {
            text.Append(' ').Append(Scalar(value)).Append('\n');
        }
    }

    private static void WriteBlock(StringBuilder text, string value, int indent)
    {
        var ended = value.EndsWith('\n');
        text.Append(ended ? " |\n" : " |-\n");
        foreach (var line in (ended ? value[..^1] : value).Split('\n'))
        {
            if (line.Length > 0)
            {
                Indent(text, indent);
                text.Append(line);
            }

            text.Append('\n');
        }
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when node.GetValueKind() == JsonValueKind.String => YamlScalar.Write(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static void Indent(StringBuilder text, int indent) => text.Append(' ', indent);

    /// <summary>Several lines that a literal block keeps as they are: printable, no blank at an edge, not empty at an end.</summary>
    private static bool IsBlock(string value)
    {
        var lines = (value.EndsWith('\n') ? value[..^1] : value).Split('\n');
        return lines.Length > 1
            && lines[0] is [not ' ', ..]
            && lines[^1].Length > 0
            && lines.All(line => !line.EndsWith(' ') && !line.AsSpan().ContainsAnyExceptInRange(' ', '~'));
    }
}

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
