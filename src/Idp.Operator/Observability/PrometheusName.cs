using System.Text;

namespace Idp.Operator.Observability;

/// <summary>Turns OpenTelemetry's names into Prometheus'.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1</remarks>
internal static class PrometheusName
{
    /// <summary>The name of a metric: allowed characters, the unit's word, and <c>_total</c> for a counter.</summary>
    public static string Of(string name, string unit, bool isCounter)
    {
        var text = new StringBuilder(Clean(name, allowColon: true));
        if (UnitOf(unit) is { Length: > 0 } word && !name.EndsWith(word, StringComparison.Ordinal))
        {
            text.Append('_').Append(word);
        }

        if (isCounter && !name.EndsWith("_total", StringComparison.Ordinal))
        {
            text.Append("_total");
        }

        return text.ToString();
    }

    /// <summary>The name of a label.</summary>
    public static string OfLabel(string name) => Clean(name, allowColon: false);

    private static string Clean(string name, bool allowColon)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' || (allowColon && c == ':') ? c : '_');
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? $"_{text}" : text.ToString();
    }

    // Units in braces are annotations such as {request}; they have no word.
    private static string UnitOf(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "1" or "" => "",
        _ when unit.Contains('{', StringComparison.Ordinal) => "",
        _ => Clean(unit, allowColon: false),
    };
}
