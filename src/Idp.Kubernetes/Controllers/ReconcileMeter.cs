using System.Diagnostics.Metrics;

namespace Idp.Kubernetes.Controllers;

/// <summary>Counts reconciles by kind and outcome, and measures how long they take.</summary>
internal sealed class ReconcileMeter
{
    private readonly Counter<long> _reconciles;
    private readonly Histogram<double> _duration;

    public ReconcileMeter(Meter meter)
    {
        _reconciles = meter.CreateCounter<long>(
            "kubernetes.reconciles", "{reconcile}", "How many reconciles ended, by kind and outcome.");
        _duration = meter.CreateHistogram<double>(
            "kubernetes.reconcile.duration", "s", "How long reconciles took.");
    }

    /// <summary>Makes every series of a kind known before anything happens, so that a first failure is an increase.</summary>
    public void Announce(string kind)
    {
        foreach (var outcome in Enum.GetValues<ReconcileOutcome>())
        {
            _reconciles.Add(0, new("kind", kind), new("outcome", outcome.ToString()));
        }
    }

    /// <summary>Records one reconcile.</summary>
    public void Record(string kind, ReconcileOutcome outcome, TimeSpan elapsed)
    {
        _reconciles.Add(1, new("kind", kind), new("outcome", outcome.ToString()));
        _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }
}
