using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.World;

/// <summary>Counts what was written to the API server, by whomever, so that "an idle world costs no writes" can be measured.</summary>
/// <remarks>
/// Reads the server's own <c>apiserver_request_total</c>. Leases, dry runs and questions that only look like writes
/// (such as access reviews) do not count; refused writes do.
/// https://kubernetes.io/docs/reference/instrumentation/metrics/
/// </remarks>
public sealed partial class ApiServerMetrics(Kubectl kubectl)
{
    private static readonly HashSet<string> WriteVerbs = new(StringComparer.Ordinal)
    {
        "POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION",
    };

    /// <summary>The writes since the server started, by resource, such as <c>applications.argoproj.io/status</c>.</summary>
    /// <exception cref="InvalidOperationException">The server gives no metrics.</exception>
    public async Task<IReadOnlyDictionary<string, long>> ReadWritesAsync(CancellationToken cancellationToken) => ParseWrites(
        await kubectl.RawAsync("/metrics", cancellationToken)
        ?? throw new InvalidOperationException("The API server gives no metrics."));

    /// <summary>What was written between two readings; empty where nothing was.</summary>
    public static IReadOnlyDictionary<string, long> Difference(
        IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return after
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value - before.GetValueOrDefault(pair.Key)))
            .Where(pair => pair.Value != 0)
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Reads the text format of Prometheus.</summary>
    public static IReadOnlyDictionary<string, long> ParseWrites(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var writes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Where(line => line.StartsWith("apiserver_request_total{", StringComparison.Ordinal)))
        {
            var labels = Label().Matches(line).ToDictionary(
                match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
            if (Counts(labels))
            {
                var resource = NameOf(labels);
                var value = (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
                writes[resource] = writes.GetValueOrDefault(resource) + value;
            }
        }

        return writes;
    }

    private static bool Counts(Dictionary<string, string> labels) =>
        WriteVerbs.Contains(labels.GetValueOrDefault("verb", ""))
        && labels.GetValueOrDefault("dry_run", "").Length == 0
        && labels.GetValueOrDefault("resource", "") is { Length: > 0 } resource
        && resource != "leases"
        && !resource.EndsWith("reviews", StringComparison.Ordinal);

    private static string NameOf(Dictionary<string, string> labels)
    {
        var name = labels["resource"];
        name = labels.GetValueOrDefault("group", "") is { Length: > 0 } group ? $"{name}.{group}" : name;
        return labels.GetValueOrDefault("subresource", "") is { Length: > 0 } part ? $"{name}/{part}" : name;
    }

    [GeneratedRegex("([a-zA-Z_]+)=\"([^\"]*)\"")]
    private static partial Regex Label();
}
