using System.Diagnostics;
using System.Diagnostics.Metrics;
using Idp.GitHub;
using Idp.Operator.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Tests.Observability;

public sealed class MetricsTest : IDisposable
{
    private const string Own = "Test.Metrics.Own";
    private const string Foreign = "Test.Metrics.Foreign";
    private readonly Meter _foreign = new(Foreign);
    private readonly MeterProvider _meters = MetricsEndpoint.Listen(Own, Foreign);
    private readonly OperatorMetrics _metrics = new(Own);

    [Fact]
    public async Task SeriesWithKnownLabels_StartAtZero()
    {
        var samples = (await ScrapeAsync()).Samples;

        samples.Should().Contain(new Dictionary<string, double>
        {
            ["project_creation_total{status=\"succeeded\"}"] = 0,
            ["project_creation_total{status=\"failed\"}"] = 0,
            ["platform_settings_reloads_total{outcome=\"accepted\"}"] = 0,
            ["platform_settings_reloads_total{outcome=\"refused\"}"] = 0,
            ["background_tasks_active"] = 0,
        });
    }

    [Fact]
    public async Task WhatHappensIsCounted()
    {
        _metrics.ProjectCreated(TimeSpan.FromSeconds(3));
        _metrics.ProjectCreated(TimeSpan.FromSeconds(40));
        _metrics.ProjectFailed();
        _metrics.Called(new GitHubCall("create_repository", 201, TimeSpan.FromSeconds(1)));
        using var first = _metrics.BackgroundTask();
        _metrics.BackgroundTask().Dispose();

        var scrape = await ScrapeAsync();

        scrape.Types["project_creation_duration_seconds"].Should().Be("histogram");
        scrape.Types["background_tasks_active"].Should().Be("gauge");
        scrape.Samples.Should().Contain(new Dictionary<string, double>
        {
            ["project_creation_total{status=\"succeeded\"}"] = 2,
            ["project_creation_total{status=\"failed\"}"] = 1,
            ["project_creation_duration_seconds_bucket{le=\"2.5\"}"] = 0,
            ["project_creation_duration_seconds_bucket{le=\"5\"}"] = 1,
            ["project_creation_duration_seconds_bucket{le=\"60\"}"] = 2,
            ["project_creation_duration_seconds_bucket{le=\"+Inf\"}"] = 2,
            ["project_creation_duration_seconds_sum"] = 43,
            ["project_creation_duration_seconds_count"] = 2,
            ["external_api_calls_total{operation=\"create_repository\",service=\"github\"}"] = 1,
            ["background_tasks_active"] = 1,
        });
    }

    [Fact]
    public async Task OtherMetersPassThrough_InTheNamesOfPrometheus()
    {
        _foreign.CreateCounter<long>("idp.reconciles").Add(3, Tag("kind", "BackendApp"), Tag("outcome", "success"));
        _foreign.CreateCounter<double>("process.cpu.time", "s").Add(1.5);
        _foreign.CreateObservableGauge("queue.depth", () => 7);
        _foreign.CreateObservableGauge("memory", () => 2.5e10, "By");
        _foreign.CreateUpDownCounter<int>("lives-left").Add(-2);
        _foreign.CreateHistogram<int>("size").Record(12, Tag("kind", "a"));

        var scrape = await ScrapeAsync();

        scrape.Samples.Should().Contain(new Dictionary<string, double>
        {
            ["idp_reconciles_total{kind=\"BackendApp\",outcome=\"success\"}"] = 3,
            ["process_cpu_time_seconds_total"] = 1.5,
            ["queue_depth"] = 7,
            ["memory_bytes"] = 2.5e10,
            ["lives_left"] = -2,
            ["size_bucket{kind=\"a\",le=\"25\"}"] = 1,
            ["size_count{kind=\"a\"}"] = 1,
        });
        scrape.Types["idp_reconciles_total"].Should().Be("counter");
    }

    [Fact]
    public async Task HostileTextStaysInItsPlace()
    {
        _foreign.CreateCounter<long>("hostile", null, "help \\ with\na line").Add(1, Tag("la-bel", "a\"} 5\nevil 1 \\"), Tag("none", null), Tag("yes", true));

        var text = await _meters.ScrapeAsync();

        PrometheusTextParser.Parse(text).Samples.Keys.Should().NotContain("evil");
        text.Should().Contain("# HELP hostile_total help \\\\ with\\na line\n")
            .And.Contain("hostile_total{la_bel=\"a\\\"} 5\\nevil 1 \\\\\",none=\"\",yes=\"true\"} 1\n");
    }

    [Fact]
    public async Task OneNameWithTwoTypes_DoesNotCostTheOthers()
    {
        _foreign.CreateCounter<long>("twice_total").Add(1);
        _foreign.CreateUpDownCounter<long>("twice.total").Add(5, Tag("a", "b"));

        // The parser takes no family with two headers.
        (await ScrapeAsync()).Samples.Should().ContainKey("background_tasks_active").And.NotContainKey("twice_total{a=\"b\"}");
    }

    [Fact]
    public async Task ValuesThatAreNoNumbers_AreWrittenAsPrometheusReadsThem()
    {
        _foreign.CreateObservableGauge("no.number", () => double.NaN);
        _foreign.CreateObservableGauge("above", () => double.PositiveInfinity);
        _foreign.CreateObservableGauge("below", () => double.NegativeInfinity);

        (await ScrapeAsync()).Samples.Should().Contain(new Dictionary<string, double>
        {
            ["no_number"] = double.NaN,
            ["above"] = double.PositiveInfinity,
            ["below"] = double.NegativeInfinity,
        });
    }

    [Fact]
    public async Task ManyScrapesAtOnce_EachGetAllOfIt()
    {
        _metrics.ProjectFailed();
        var scrapes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(ScrapeAsync)));

        scrapes.Should().OnlyContain(scrape => scrape.Samples["project_creation_total{status=\"failed\"}"] == 1);
        scrapes.Select(scrape => scrape.Samples.Count).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task TheSameValuesGiveTheSameText()
    {
        foreach (var kind in new[] { "b", "a", "c" })
        {
            _foreign.CreateCounter<long>("z_" + kind).Add(1, Tag("kind", kind));
            _metrics.Called(new GitHubCall(kind, 200, TimeSpan.Zero));
        }

        var text = await _meters.ScrapeAsync();

        text.Should().Be(await _meters.ScrapeAsync());
    }

    [Fact]
    public async Task TheEndpointAnswersInTheTextFormat()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_meters);
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapMetrics();
        await app.StartAsync();
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(app.Urls.First() + "/metrics"));

        answer.Content.Headers.ContentType!.ToString().Should().Be("text/plain; version=0.0.4; charset=utf-8");
        PrometheusTextParser.Parse(await answer.Content.ReadAsStringAsync()).Types.Should().ContainKey("project_creation_total");
        await app.StopAsync();
    }

    [FactWith(Needs.Promtool)]
    public async Task PromtoolFindsNothingToComplainAbout()
    {
        _metrics.ProjectCreated(TimeSpan.FromSeconds(3));
        _metrics.Called(new GitHubCall("create_repository", 200, TimeSpan.Zero));

        using var process = Process.Start(new ProcessStartInfo(Prerequisites.Promtool!, "check metrics")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(await _meters.ScrapeAsync());
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        said.Should().BeEmpty();
        process.ExitCode.Should().Be(0);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _metrics.Dispose();
        _foreign.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);

    private async Task<PrometheusTextParser> ScrapeAsync() => PrometheusTextParser.Parse(await _meters.ScrapeAsync());
}
