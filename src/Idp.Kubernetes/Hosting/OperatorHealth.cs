using Idp.Kubernetes.Cache;

namespace Idp.Kubernetes.Hosting;

/// <summary>How the operator is.</summary>
internal sealed class OperatorHealth(ControllerSet controllers)
{
    private volatile bool _leads;

    /// <summary>Whether this process reconciles.</summary>
    public bool Leads { get => _leads; set => _leads = value; }

    /// <summary>What is stuck, so that only a new process can help; empty when all is well.</summary>
    /// <remarks>An API server that does not answer is no reason to restart: the watches try again by themselves.</remarks>
    public IReadOnlyList<string> Stuck =>
    [
        .. Informers.Where(informer => !informer.IsAlive).Select(informer => $"The watch of {informer.Request.Kind} is stuck."),
        .. controllers.Units.Where(unit => !unit.Controller.IsAlive)
            .Select(unit => $"A reconcile of {unit.Controller.Name} is stuck."),
    ];

    /// <summary>What is not known yet; empty when the caches are filled. A standby replica is as ready as the leader.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Informers.Where(informer => !informer.HasSynced).Select(informer => $"{informer.Request.Kind} is not listed yet.")];

    private IReadOnlyCollection<Informer> Informers => controllers.Informers.All;
}
