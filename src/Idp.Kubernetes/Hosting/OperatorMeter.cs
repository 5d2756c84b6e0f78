using System.Diagnostics.Metrics;
using Idp.Kubernetes.Cache;

namespace Idp.Kubernetes.Hosting;

/// <summary>Shows the state of watches, queues and leadership; every series is there from the start.</summary>
internal sealed class OperatorMeter
{
    private readonly Meter _meter;

    public OperatorMeter(IMeterFactory meters, ControllerSet controllers, OperatorHealth health)
    {
        _meter = meters.Create(KubernetesOperatorExtensions.MeterName);
        var informers = controllers.Informers.All;
        _meter.CreateObservableGauge(
            "kubernetes.leader", () => health.Leads ? 1 : 0, description: "1 where this process reconciles.");
        Queues(controllers.Units);
        _meter.CreateObservableCounter(
            "kubernetes.trigger.ignored",
            () => controllers.Units.Select(unit => Of(unit.Controller.Name, unit.Triggers.Sum(trigger => trigger.Ignored))),
            description: "Changes that were not worth a reconcile.");
        Count("kubernetes.watch.events", "Events of the watches, bookmarks included.", informer => informer.Watcher.Counters.Events);
        Count("kubernetes.watch.dropped", "Events that told nothing new.", informer => informer.Store.Dropped);
        Count("kubernetes.watch.lists", "Lists that were read to their end.", informer => informer.Watcher.Counters.Lists);
        Count("kubernetes.watch.restarts", "Watches that were begun again.", informer => informer.Watcher.Counters.Restarts);
        Count("kubernetes.watch.failures", "Requests of watches that failed.", informer => informer.Watcher.Counters.Failures);
        _meter.CreateObservableGauge(
            "kubernetes.cache.objects",
            () => PerKind(informers, informer => informer.Store.Count),
            description: "Objects in memory.");

        void Count(string name, string description, Func<Informer, long> read) =>
            _meter.CreateObservableCounter(name, () => PerKind(informers, read), description: description);
    }

    private void Queues(IReadOnlyList<ControllerUnit> units)
    {
        _meter.CreateObservableGauge(
            "kubernetes.queue.depth",
            () => units.SelectMany(unit => new[]
            {
                Of(unit.Controller.Name, unit.Controller.Queue.ReadyCount, KeyValuePair.Create<string, object?>("state", "ready")),
                Of(unit.Controller.Name, unit.Controller.Queue.WaitingCount, KeyValuePair.Create<string, object?>("state", "waiting")),
            }),
            description: "Keys that are to be reconciled, now or later.");
        _meter.CreateObservableGauge(
            "kubernetes.workers.active",
            () => units.Select(unit => Of(unit.Controller.Name, unit.Controller.Queue.ActiveCount)),
            description: "Reconciles that are running.");
    }

    /// <summary>Two informers of one kind count as one series.</summary>
    private static IEnumerable<Measurement<long>> PerKind(IEnumerable<Informer> informers, Func<Informer, long> read) =>
        informers.GroupBy(informer => informer.Request.Kind.ToString()).Select(kind => Of(kind.Key, kind.Sum(read)));

    private static Measurement<long> Of(string kind, long value, params KeyValuePair<string, object?>[] more) =>
        new(value, [new("kind", kind), .. more]);
}
