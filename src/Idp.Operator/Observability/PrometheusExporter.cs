using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Observability;

/// <summary>Hands what a collection found to whoever asked for it.</summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    private PrometheusText? _text;

    /// <summary>Collects from a reader that exports here.</summary>
    /// <remarks>One at a time: the caller keeps the lock.</remarks>
    public string Collect(MetricReader reader)
    {
        _text = new PrometheusText();
        reader.Collect();
        return _text.ToString();
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text?.Add(batch);
        return ExportResult.Success;
    }
}
