using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Idp.Operator.Observability;

/// <summary>Serves the process's meters to Prometheus at <c>/metrics</c>, and sends them on by OTLP where that is configured.</summary>
/// <remarks>
/// Names and formats are the exporter's: text 0.0.4, or OpenMetrics for who asks for it. OTLP is used only if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is
/// set. See <see href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/"/> and
/// <see href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>.
/// </remarks>
public static class MetricsEndpoint
{
    /// <summary>The meter of .NET itself: heap, collections, working set, thread pool.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/core/diagnostics/built-in-metrics-runtime</remarks>
    public const string RuntimeMeterName = "System.Runtime";

    private const string Service = "idp-operator";

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    /// <summary>Starts to listen to meters; instruments that were made before are heard as well.</summary>
    /// <param name="meters">Their names.</param>
    /// <returns>What <see cref="MapMetrics"/> serves from; disposed of, it sends what OTLP has not sent yet.</returns>
    public static MeterProvider Listen(params string[] meters)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(Service, autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector())
            .AddMeter(meters)
            .AddView(instrument => instrument.Unit == "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds } : null)
            .AddPrometheusExporter(options =>
            {
                // Who scrapes gets what is, and the labels that docs/metrics.md names.
                options.ScrapeResponseCacheDurationMilliseconds = 0;
                options.ScopeInfoEnabled = false;
                options.TargetInfoEnabled = false;
            });
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
        {
            builder.AddOtlpExporter();
        }

        return builder.Build();
    }

    /// <summary>Answers scrapes of <c>/metrics</c>.</summary>
    /// <param name="routes">Where; needs what <see cref="Listen"/> returned among the services.</param>
    public static IEndpointRouteBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusScrapingEndpoint(
            "/metrics", routes.ServiceProvider.GetRequiredService<MeterProvider>(), configureBranchedPipeline: null, optionsName: null);
        return routes;
    }
}
