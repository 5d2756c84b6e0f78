using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Observability;

/// <summary>Serves the process's meters to Prometheus, and sends them on by OTLP where that is configured.</summary>
/// <remarks>
/// OTLP is used only if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, as
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/ names it.
/// </remarks>
public sealed class PrometheusEndpoint : IDisposable
{
    /// <summary>The meter of .NET itself: heap, collections, working set, thread pool.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/core/diagnostics/built-in-metrics-runtime</remarks>
    public const string RuntimeMeterName = "System.Runtime";

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private readonly Lock _lock = new();
    private readonly PrometheusExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    /// <summary>Starts to listen to the meters.</summary>
    /// <param name="meters">Their names; instruments made before are heard as well.</param>
    public PrometheusEndpoint(params string[] meters)
    {
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        var builder = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meters)
            .AddView(instrument => instrument.Unit == "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds } : null)
            .AddReader(_reader);
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
        {
            builder.AddOtlpExporter();
        }

        _provider = builder.Build();
    }

    /// <summary>The present values in Prometheus' text format.</summary>
    public string Scrape()
    {
        lock (_lock)
        {
            return _exporter.Collect(_reader);
        }
    }

    /// <summary>Stops listening; what OTLP has not sent yet is sent.</summary>
    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
    }
}
