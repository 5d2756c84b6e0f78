using System.Text.RegularExpressions;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>What the operator serves to kubelets and to Prometheus.</summary>
[Collection(SharedWorld.Name)]
public sealed partial class EndpointsTest(Platform platform)
{
    [Theory]
    [InlineData("healthz")]
    [InlineData("readyz")]
    public async Task ProbesAreAnswered(string path) => (await platform.ReadOperatorAsync(path)).Trim().Should().Be("ok");

    [Fact]
    public async Task TheMetricsTellWhatHappened()
    {
        await platform.ShowcaseAsync();

        var metrics = await platform.ReadOperatorAsync("metrics");

        Value(metrics, """project_creation_total{status="succeeded"}""").Should().BePositive();
        Value(metrics, """project_creation_total{status="failed"}""").Should().BeGreaterThanOrEqualTo(0, "the series is there from the start");
        Value(metrics, "project_creation_duration_seconds_count").Should().BePositive();
        Value(metrics, """external_api_calls_total{operation="create_repository",service="github"}""").Should().BePositive();
        Value(metrics, "background_tasks_active").Should().BeGreaterThanOrEqualTo(0);
        Value(metrics, """kubernetes_reconciles_total{kind="BackendApp.idp.dev",outcome="Success"}""").Should().BePositive();
        Value(metrics, """kubernetes_reconciles_total{kind="ApplicationEnvironment.idp.dev",outcome="Success"}""").Should().BePositive();
        Value(metrics, """kubernetes_queue_depth{kind="BackendApp.idp.dev",state="ready"}""").Should().BeGreaterThanOrEqualTo(0);
        Value(metrics, "kubernetes_leader").Should().Be(1);
        Value(metrics, "dotnet_process_memory_working_set_bytes").Should().BePositive("the runtime tells of itself as well");
    }

    [Fact]
    public async Task NoMetricNamesAnObject()
    {
        await platform.ShowcaseAsync();

        (await platform.ReadOperatorAsync("metrics")).Should().NotContain("payment-service").And.NotContain("team-payments");
    }

    /// <summary>The sum of the series that have at least the labels given.</summary>
    private static double Value(string metrics, string series)
    {
        var name = series.Split('{')[0];
        var labels = Label().Matches(series).Select(match => match.Value).ToList();
        var lines = metrics.Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
            .Where(line => labels.TrueForAll(label => line.Contains(label, StringComparison.Ordinal)))
            .ToList();
        lines.Should().NotBeEmpty($"{series} is served");
        return lines.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("[a-z_]+=\"[^\"]*\"")]
    private static partial Regex Label();
}
