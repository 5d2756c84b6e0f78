using System.Globalization;
using System.Numerics;

namespace Idp.Kubernetes.Model;

/// <summary>Writes quantities the way the API server does, so that equal ones are equal as text.</summary>
/// <remarks>
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ : no fraction, the largest suffix
/// that keeps the number whole, binary suffixes kept binary, nothing finer than a billionth (rounded up).
/// </remarks>
public static class Quantity
{
    private const int Nano = 9;

    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    private static readonly BigInteger One = BigInteger.Pow(10, Nano);

    /// <summary>The quantity, such as <c>1.5Gi</c>, as the API server prints it: <c>1536Mi</c>.</summary>
    /// <exception cref="FormatException">The text is no quantity.</exception>
    public static string Canonical(string text) => Print(text?.Trim() ?? "") ?? throw new FormatException($"'{text}' is not a quantity.");

    private static string? Print(string text)
    {
        if (!TrySplit(text, out var digits, out var scale, out var suffix))
        {
            return null;
        }

        if (Array.IndexOf(Binary, suffix) is > 0 and var power)
        {
            return PrintBinary(Nanos(digits * BigInteger.Pow(1024, power), -scale));
        }

        if (Array.IndexOf(Decimal, suffix) is >= 0 and var step)
        {
            return PrintDecimal(text, suffix, digits, ((step - 3) * 3) - scale);
        }

        return suffix[0] is 'e' or 'E'
            && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            && Math.Abs(exponent) <= 64
            ? PrintDecimal(text, suffix, digits, exponent - scale)
            : null;
    }

    /// <summary>Takes sign, digits and suffix apart; the value is digits / 10^scale.</summary>
    private static bool TrySplit(string text, out BigInteger digits, out int scale, out string suffix)
    {
        var end = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        var number = text[..end];
        var point = number.IndexOf('.', StringComparison.Ordinal);
        scale = point < 0 ? 0 : number.Length - point - 1;
        suffix = text[end..];
        digits = default;
        return number.Count(character => character == '.') <= 1
            && text.Length <= 64
            && BigInteger.TryParse(
                number.Replace(".", "", StringComparison.Ordinal),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out digits);
    }

    private static BigInteger Nanos(BigInteger digits, int exponent)
    {
        var shift = exponent + Nano;
        if (shift >= 0)
        {
            return digits * BigInteger.Pow(10, shift);
        }

        var (quotient, remainder) = BigInteger.DivRem(digits, BigInteger.Pow(10, -shift));
        return remainder.IsZero ? quotient : quotient + digits.Sign;
    }

    private static string PrintBinary(BigInteger nanos)
    {
        var (whole, fraction) = BigInteger.DivRem(nanos, One);
        if (!fraction.IsZero || BigInteger.Abs(whole) < 1024)
        {
            return PrintDecimal(nanos, exponential: false);
        }

        var power = 0;
        while (power < Binary.Length - 1 && (whole % 1024).IsZero)
        {
            (whole, power) = (whole / 1024, power + 1);
        }

        return whole.ToString(CultureInfo.InvariantCulture) + Binary[power];
    }

    private static string PrintDecimal(string text, string suffix, BigInteger digits, int exponent) =>
        IsKeptAsWritten(text, suffix, exponent) ? text : PrintDecimal(Nanos(digits, exponent), suffix is ['e' or 'E', ..] and not "E");

    // What looks canonical to the server at a glance it prints as it was written, though it is not: "1.500", "1E3", "+3".
    private static bool IsKeptAsWritten(string text, string suffix, int exponent)
    {
        var number = text[..^suffix.Length].TrimStart('+', '-');
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? number : number[..point]).TrimStart('0');
        var digits = (whole.Length == 0 ? "0" : whole) + (point < 0 ? "" : number[(point + 1)..]);
        return exponent % 3 == 0
            && exponent >= -Nano
            && digits.Length <= 18
            && digits[0] != '0'
            && !digits.EndsWith("000", StringComparison.Ordinal);
    }

    private static string PrintDecimal(BigInteger nanos, bool exponential)
    {
        if (nanos.IsZero)
        {
            return "0";
        }

        var step = 0;
        while (step < Decimal.Length - 1 && (nanos % 1000).IsZero)
        {
            (nanos, step) = (nanos / 1000, step + 1);
        }

        var number = nanos.ToString(CultureInfo.InvariantCulture);
        var exponent = (step - 3) * 3;
        return exponential
            ? exponent == 0 ? number : string.Create(CultureInfo.InvariantCulture, $"{number}e{exponent}")
            : number + Decimal[step];
    }
}
