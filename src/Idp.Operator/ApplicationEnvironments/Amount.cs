using System.Globalization;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Reads how much a quantity is, to compare two of them.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/</remarks>
internal static class Amount
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["n"] = 1e-9,
        ["u"] = 1e-6,
        ["m"] = 1e-3,
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["T"] = 1e12,
        ["P"] = 1e15,
        ["E"] = 1e18,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
    };

    /// <summary>The amount in whole units; infinite for what is no quantity, so that it is never taken for little.</summary>
    public static double Of(string quantity)
    {
        var suffix = quantity.AsSpan().TrimStart("0123456789.");
        var digits = quantity.AsSpan(0, quantity.Length - suffix.Length);
        return Units.TryGetValue(suffix.ToString(), out var unit)
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : double.PositiveInfinity;
    }
}
