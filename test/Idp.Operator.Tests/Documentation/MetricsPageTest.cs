using System.Text.RegularExpressions;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>The page docs/metrics.md has every instrument of the code, and no other.</summary>
public sealed partial class MetricsPageTest
{
    [Fact]
    public void EveryInstrumentIsOnThePage_AndNoOther()
    {
        var made = SourceFiles.In("src").SelectMany(file => Instrument().Matches(file.Text)).Select(match => PrometheusName(
            match.Groups["name"].Value, match.Groups["unit"].Success, match.Groups["type"].Value is "Counter" or "Count"));

        var documented = File.ReadAllLines(SandboxPaths.Below("docs", "metrics.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        documented.Should().BeEquivalentTo(made);
    }

    // Else an instrument could be made in a way that the test above does not see.
    [Fact]
    public void EveryInstrumentIsMadeByANameInItsPlace_OrByOneOfTheKnownShorthands() =>
        SourceFiles.In("src").SelectMany(file => Made().Matches(file.Text).Where(match => !Instrument().IsMatch(match.Value)).Select(match => file.Path))
            .Should().BeEquivalentTo("src/Idp.Operator/Observability/OperatorMetrics.cs", "src/Idp.Kubernetes/Hosting/OperatorMeter.cs");

    // https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-metadata-1
    private static string PrometheusName(string name, bool isTime, bool isCounter) =>
        name.Replace('.', '_') + (isTime ? "_seconds" : "") + (isCounter ? "_total" : "");

    [GeneratedRegex("""Create(Observable)?(UpDown)?(Counter|Gauge|Histogram)(<\w+>)?\(\s*[^,]*,""")]
    private static partial Regex Made();

    // ShowQuota makes gauges, Count counters.
    [GeneratedRegex("""\b(Create(?:Observable)?(?<type>(?:UpDown)?Counter|Gauge|Histogram)(?:<\w+>)?|(?<type>ShowQuota|Count))\(\s*"(?<name>[a-z_.]+)",(?<unit>\s*"s",)?""")]
    private static partial Regex Instrument();
}
