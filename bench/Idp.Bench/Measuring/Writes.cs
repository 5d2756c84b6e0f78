using Idp.Bench.World;
using Idp.Sandbox.World;

namespace Idp.Bench.Measuring;

/// <summary>Counts what the operator wrote by the API server's own count, what others write here left out.</summary>
internal static class Writes
{
    // The controller manager's, and the bench's own in the place of Argo CD and External Secrets.
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "serviceaccounts", "serviceaccounts/token", "configmaps", "secrets", "namespaces/finalize", "resourcequotas/status",
        "externalsecrets.external-secrets.io/status",
    };

    /// <summary>Reads the counts.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(BenchWorld world, CancellationToken cancellationToken) =>
        (await world.Metrics.ReadWritesAsync(cancellationToken))
        .Where(pair => !Others.Contains(pair.Key))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>All writes between two readings.</summary>
    public static long Between(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) =>
        ApiServerMetrics.Difference(before, after).Values.Sum();

    /// <summary>The writes between two readings by resource, for people.</summary>
    public static string Print(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) => string.Join(
        ", ",
        ApiServerMetrics.Difference(before, after).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
}
