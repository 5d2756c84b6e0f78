using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Observability;

/// <summary>Writes metrics in Prometheus' text format 0.0.4.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format</remarks>
internal sealed class PrometheusText
{
    /// <summary>What the answer to a scrape is called.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly SortedDictionary<string, StringBuilder> _families = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    /// <summary>Adds every point of a batch.</summary>
    public void Add(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            Add(metric);
        }
    }

    /// <summary>The text, families sorted by name.</summary>
    public override string ToString() => string.Concat(_families.Values);

    private void Add(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = PrometheusName.Of(metric.Name, metric.Unit, isCounter);
        var type = TypeOf(metric.MetricType, isCounter);
        if (_families.TryGetValue(name, out var text))
        {
            // Two meters may have an instrument of one name; a family has one header and one type, the first to come.
            if (_types[name] != type)
            {
                return;
            }
        }
        else
        {
            _families[name] = text = new StringBuilder();
            _types[name] = type;
            text.Append("# HELP ").Append(name).Append(' ').Append(EscapeHelp(metric.Description)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        }

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            Add(text, name, metric.MetricType, point);
        }
    }

    private static void Add(StringBuilder text, string name, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point.Tags);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(text, name, labels, Number(point.GetSumLong()));
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(text, name, labels, Number(point.GetSumDouble()));
                break;
            case MetricType.LongGauge:
                Line(text, name, labels, Number(point.GetGaugeLastValueLong()));
                break;
            case MetricType.DoubleGauge:
                Line(text, name, labels, Number(point.GetGaugeLastValueDouble()));
                break;
            case MetricType.Histogram:
                AddHistogram(text, name, labels, point);
                break;
            default:
                throw new NotSupportedException($"A metric of type {type} ({name}) has no text form here.");
        }
    }

    private static void AddHistogram(StringBuilder text, string name, string labels, in MetricPoint point)
    {
        long total = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            var bound = $"le=\"{(double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound))}\"";
            Line(text, $"{name}_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", Number(total));
        }

        Line(text, $"{name}_sum", labels, Number(point.GetHistogramSum()));
        Line(text, $"{name}_count", labels, Number(point.GetHistogramCount()));
    }

    private static void Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            labels[PrometheusName.OfLabel(tag.Key)] = EscapeLabel(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "");
        }

        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    private static string TypeOf(MetricType type, bool isCounter) => type switch
    {
        MetricType.Histogram => "histogram",
        _ when isCounter => "counter",
        _ => "gauge",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
