using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Idp.Operator.Yaml;

/// <summary>Which plain scalars are not text.</summary>
/// <remarks>https://yaml.org/spec/1.2.2/#1032-tag-resolution</remarks>
internal static partial class CoreSchema
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The scalar of a text, or null if a tag promises another type or JSON cannot hold the number.</summary>
    public static ScalarToken? Resolve(string text, bool plain, string tag)
    {
        var resolved = plain ? ResolvePlain(text) : new ScalarToken(ScalarKind.Text, text);
        return tag switch
        {
            "" => resolved,
            Prefix + "str" => new ScalarToken(ScalarKind.Text, text),
            Prefix + "null" when ResolvePlain(text) is { Kind: ScalarKind.Null } token => token,
            Prefix + "bool" when ResolvePlain(text) is { Kind: ScalarKind.True or ScalarKind.False } token => token,
            Prefix + "int" or Prefix + "float" when ResolvePlain(text) is { Kind: ScalarKind.Number } token => token,
            _ => null,
        };
    }

    private static ScalarToken? ResolvePlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new(ScalarKind.Null, ""),
        "true" or "True" or "TRUE" => new(ScalarKind.True, ""),
        "false" or "False" or "FALSE" => new(ScalarKind.False, ""),
        _ when Decimal().IsMatch(text) => new(ScalarKind.Number, Canonical(text)),
        _ when text.Length <= 100 && Based().IsMatch(text) => new(ScalarKind.Number, FromBase(text)),
        _ when Unholdable().IsMatch(text) => null,
        _ => new(ScalarKind.Text, text),
    };

    /// <summary>The way JSON writes a number: no plus, no zero in front, digits on both sides of the point.</summary>
    private static string Canonical(string text)
    {
        var negative = text[0] == '-';
        var digits = text.TrimStart('+', '-');
        var exponentAt = digits.IndexOfAny(['e', 'E']);
        var exponent = exponentAt < 0 ? "" : digits[exponentAt..];
        var parts = (exponentAt < 0 ? digits : digits[..exponentAt]).Split('.');
        var whole = parts[0].TrimStart('0');
        var fraction = parts.Length == 1 ? "" : "." + (parts[1].Length == 0 ? "0" : parts[1]);
        return $"{(negative ? "-" : "")}{(whole.Length == 0 ? "0" : whole)}{fraction}{exponent}";
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
