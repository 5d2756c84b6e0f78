using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Idp.GitHub;
using Idp.Operator.Observability;

namespace Idp.Operator.Tests.Observability;

public sealed partial class PrometheusEndpointTest
{
    [Fact]
    public void EverySeriesWhoseLabelsAreKnown_StartsAtZero()
    {
        using var endpoint = new PrometheusEndpoint(OperatorMetrics.MeterName);
        using var metrics = new OperatorMetrics();

        var text = endpoint.Scrape();

        text.Should().Contain("project_creation_total{status=\"succeeded\"} 0\n")
            .And.Contain("project_creation_total{status=\"failed\"} 0\n")
            .And.Contain("background_tasks_active 0\n")
            .And.Contain("platform_settings_reloads_total{outcome=\"refused\"} 0\n");
    }

    [Fact]
    public void Counters_Gauges_AndHistograms_HaveTheNamesThatPrometheusExpects()
    {
        using var endpoint = new PrometheusEndpoint(OperatorMetrics.MeterName);
        using var metrics = new OperatorMetrics();
        metrics.ProjectCreated(TimeSpan.FromSeconds(3));
        metrics.Called(new GitHubCall("create_repository", 201, TimeSpan.FromMilliseconds(20)));
        using var task = metrics.BackgroundTask();

        var text = endpoint.Scrape();

        text.Should().Contain("# TYPE project_creation_duration_seconds histogram\n")
            .And.Contain("project_creation_duration_seconds_bucket{le=\"2.5\"} 0\n")
            .And.Contain("project_creation_duration_seconds_bucket{le=\"5\"} 1\n")
            .And.Contain("project_creation_duration_seconds_bucket{le=\"+Inf\"} 1\n")
            .And.Contain("project_creation_duration_seconds_sum 3\n")
            .And.Contain("external_api_calls_total{operation=\"create_repository\",service=\"github\"} 1\n")
            .And.Contain("background_tasks_active 1\n");
    }

    [Fact]
    public void HostileLabelValuesAndHelp_CannotBreakALine()
    {
        using var meter = new Meter("hostile");
        using var endpoint = new PrometheusEndpoint("hostile");
        meter.CreateCounter<long>("odd.name-1", description: "two\nlines \\").Add(
            1, new KeyValuePair<string, object?>("la.bel", "a\"b\\c\nd"));

        endpoint.Scrape().Should().Be(
            """
            # HELP odd_name_1_total two\nlines \\
            # TYPE odd_name_1_total counter
            odd_name_1_total{la_bel="a\"b\\c\nd"} 1

            """);
    }

    [Fact]
    public void EveryLine_IsOfTheTextFormat_AndEveryFamilyHasOneHeader()
    {
        using var endpoint = new PrometheusEndpoint(OperatorMetrics.MeterName);
        using var metrics = new OperatorMetrics();
        metrics.ProjectCreated(TimeSpan.FromSeconds(3));

        var lines = endpoint.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Should().OnlyContain(line => Line().IsMatch(line));
        lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void ASecondScrape_GivesTheSameTotals()
    {
        using var endpoint = new PrometheusEndpoint(OperatorMetrics.MeterName);
        using var metrics = new OperatorMetrics();
        metrics.ProjectFailed();

        endpoint.Scrape().Should().Be(endpoint.Scrape());
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)+\})? (-?[0-9.eE+-]+|\+Inf|NaN))$""")]
    private static partial Regex Line();
}
