using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Hosting;

/// <summary>All controllers of the process, subscribed to all that triggers them.</summary>
internal sealed class ControllerSet
{
    public ControllerSet(IEnumerable<ControllerRegistration> registrations, IServiceProvider services, Informers informers)
    {
        Informers = informers;
        Units = [.. registrations.Select(registration => registration.Build(services))];
        var twice = Units.GroupBy(unit => unit.Controller.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException($"{twice.Key} has more than one controller.");
        }
    }

    /// <summary>The controllers.</summary>
    public IReadOnlyList<ControllerUnit> Units { get; }

    /// <summary>What they read.</summary>
    public Informers Informers { get; }

    /// <summary>Whether no reconcile is stuck.</summary>
    public bool IsAlive => Units.All(unit => unit.Controller.IsAlive);

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

/// <summary>How one controller is put together once everything that it needs is known.</summary>
internal sealed record ControllerRegistration(Func<IServiceProvider, ControllerUnit> Build);

/// <summary>The queue of one kind, found by its type.</summary>
internal sealed class EntityQueue<TEntity>(TimeProvider clock) : IDisposable
{
    public WorkQueue<ObjectKey> Keys { get; } = new(clock);

    public void Dispose() => Keys.Dispose();
}
