using System.Globalization;
using Idp.Sandbox.World;

namespace Idp.Bench.Measuring;

/// <summary>Looks at a running operator from outside: its metrics, and what the kernel says of the process.</summary>
internal sealed class OperatorProbe(OperatorProcess process) : IDisposable
{
    // Linux tells processor time in ticks of a hundredth of a second, on every machine that .NET runs on.
    private const double MillisecondsPerTick = 10;
    private readonly HttpClient _http = new() { BaseAddress = process.Address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The processor time it has used so far, in milliseconds.</summary>
    public double CpuMilliseconds()
    {
        // The second field, the command's name in brackets, may contain spaces.
        var stat = File.ReadAllText($"/proc/{process.Id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * MillisecondsPerTick;
    }

    /// <summary>Its resident memory in megabytes.</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>How far it is with its work.</summary>
    public async Task<Progress> ReadAsync(CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellationToken);
        var lines = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        return new Progress(
            Sum("kubernetes_reconciles_total", "kind=\"BackendApp"),
            Sum("kubernetes_reconciles_total", "kind=\"ApplicationEnvironment"),
            Sum("kubernetes_queue_depth", "state=\"ready\"") + Sum("kubernetes_workers_active", ""));

        long Sum(string name, string label) => lines
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>How far an operator is.</summary>
/// <param name="Apps">Reconciles of BackendApps so far.</param>
/// <param name="Environments">Reconciles of ApplicationEnvironments so far.</param>
/// <param name="Pending">Keys that could be worked on now, or are.</param>
internal readonly record struct Progress(long Apps, long Environments, long Pending)
{
    /// <summary>All reconciles.</summary>
    public long Reconciles => Apps + Environments;
}
