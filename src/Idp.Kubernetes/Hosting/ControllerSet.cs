using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;

namespace Idp.Kubernetes.Hosting;

/// <summary>All controllers of the process, subscribed to all that triggers them.</summary>
internal sealed class ControllerSet
{
    public ControllerSet(IEnumerable<ControllerUnit> units, Informers informers)
    {
        Informers = informers;
        Units = [.. units];
        var twice = Units.GroupBy(unit => unit.Controller.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException($"{twice.Key} has more than one controller.");
        }
    }

    public IReadOnlyList<ControllerUnit> Units { get; }

    public Informers Informers { get; }

    /// <summary>Reconciles until cancelled or shut down.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Units.Select(unit => unit.Controller.RunAsync(cancellationToken)));

    /// <summary>Starts no more reconciles; running ones go on.</summary>
    public void ShutDown()
    {
        foreach (var unit in Units)
        {
            unit.Controller.Queue.ShutDown();
        }
    }
}

/// <summary>A controller with what triggers it.</summary>
internal sealed record ControllerUnit(Controller Controller, IReadOnlyList<Trigger> Triggers);
