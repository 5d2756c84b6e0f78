using System.Text;
using Idp.Operator.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Tests.Observability;

/// <summary>Asks the route for metrics as Prometheus does, without a server between.</summary>
internal static class Scraping
{
    /// <summary>The present values in Prometheus' text format.</summary>
    public static async Task<string> ScrapeAsync(this MeterProvider meters)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(meters);
        await using var app = builder.Build();
        app.MapMetrics();
        var route = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Single();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = app.Services };
        context.Request.Method = HttpMethods.Get;
        context.Request.Headers.Accept = "text/plain;version=0.0.4";
        context.Response.Body = body;

        await route.RequestDelegate!(context);

        context.Response.StatusCode.Should().Be(StatusCodes.Status200OK);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
