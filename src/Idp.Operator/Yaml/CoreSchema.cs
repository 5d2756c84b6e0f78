using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Operator.Yaml;

/// <summary>Which plain scalars are not text.</summary>
/// <remarks>The parser leaves that to whoever binds the values. https://yaml.org/spec/1.2.2/#1032-tag-resolution</remarks>
internal static partial class CoreSchema
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The value of a scalar; false if a tag promises another type or JSON cannot hold the number.</summary>
    public static bool TryResolve(string text, bool plain, string tag, out JsonNode? value)
    {
        value = JsonValue.Create(text);
        if (tag == Prefix + "str" || (tag.Length == 0 && !plain))
        {
            return true;
        }

        value = ResolvePlain(text);
        return !Unholdable().IsMatch(text) && (tag, value?.GetValueKind()) switch
        {
            ("", _) or (Prefix + "null", null) or (Prefix + "bool", JsonValueKind.True or JsonValueKind.False) => true,
            (Prefix + "int" or Prefix + "float", JsonValueKind.Number) => true,
            _ => false,
        };
    }

    // A number is parsed, not converted: so JSON keeps every digit of it.
    private static JsonNode? ResolvePlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when Decimal().IsMatch(text) => JsonNode.Parse(Canonical(text)),
        _ when text.Length <= 100 && Based().IsMatch(text) => JsonNode.Parse(FromBase(text)),
        _ => JsonValue.Create(text),
    };

    /// <summary>The way JSON writes a number: no plus, no zero in front, digits on both sides of the point.</summary>
    private static string Canonical(string text)
    {
        var (digits, exponent) = text.TrimStart('+', '-') is var number && number.IndexOfAny(['e', 'E']) is >= 0 and var at
            ? (number[..at], number[at..])
            : (number, "");
        var parts = digits.Split('.');
        var whole = parts[0].TrimStart('0');
        var fraction = parts.Length == 1 ? "" : "." + (parts[1].Length == 0 ? "0" : parts[1]);
        return $"{(text[0] == '-' ? "-" : "")}{(whole.Length == 0 ? "0" : whole)}{fraction}{exponent}";
    }

    private static string FromBase(string text)
    {
        // The zero in front keeps BigInteger from taking the first digit for a sign.
        var value = text[1] == 'x'
            ? BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'));
        return value.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A(0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Based();

    [GeneratedRegex(@"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Unholdable();
}
