using System.Globalization;

namespace Idp.Entities;

/// <summary>Compares quantities; exactness is the API server's business.</summary>
internal static class Amount
{
    /// <summary>The value of a quantity that is spelled well.</summary>
    public static double Of(string quantity)
    {
        var digits = quantity.AsSpan().TrimEnd("mkKMGTPEi");
        return double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            * FactorOf(quantity.AsSpan(digits.Length));
    }

    private static double FactorOf(ReadOnlySpan<char> suffix) => suffix switch
    {
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => Math.Pow(2, 10),
        "Mi" => Math.Pow(2, 20),
        "Gi" => Math.Pow(2, 30),
        "Ti" => Math.Pow(2, 40),
        "Pi" => Math.Pow(2, 50),
        "Ei" => Math.Pow(2, 60),
        _ => 1,
    };
}
