using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Apply;

/// <summary>Compares values that have no members.</summary>
internal static class Scalars
{
    /// <summary>Whether the two mean the same: 1 and 1.0 do, 1 and "1" do not.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other)
    {
        if (one is not JsonValue first || other is not JsonValue second)
        {
            return one is null && other is null;
        }

        var kind = first.GetValueKind();
        if (kind != second.GetValueKind())
        {
            return false;
        }

        return kind switch
        {
            JsonValueKind.String => string.Equals(first.ToString(), second.ToString(), StringComparison.Ordinal),
            JsonValueKind.Number => AreEqualNumbers(first.ToString(), second.ToString()),
            _ => true,
        };
    }

    private static bool AreEqualNumbers(string one, string other)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
        {
            return true;
        }

        // Exact where both fit; a double only for what is beyond a decimal.
        return decimal.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && decimal.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? first == second
            : double.TryParse(one, CultureInfo.InvariantCulture, out var real)
                && double.TryParse(other, CultureInfo.InvariantCulture, out var otherReal)
                && real.Equals(otherReal);
    }
}
