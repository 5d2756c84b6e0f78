using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Service;

internal static class Tracing
{
    /// <summary>Sends traces where there is an endpoint for them. Log lines have trace ids in any case.</summary>
    public static void AddTracing(this IServiceCollection services, Settings settings)
    {
        if (settings.OtlpEndpoint is null)
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(settings.ServiceName))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !About.IsForPlatform(context.Request.Path))
                .AddHttpClientInstrumentation()
                {{? database }}.AddSource("Npgsql")
                .AddOtlpExporter(exporter => exporter.Protocol = settings.OtlpProtocol));
    }
}
