using System.Collections.Concurrent;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Controllers;

/// <summary>The reconciles of one controller that are under way, and the changes that came meanwhile.</summary>
/// <remarks>
/// A change that comes while its key is reconciled cannot be judged yet: the watch often brings a write before its
/// answer is there. It is held until the reconcile ends, and brings the key back unless it was the reconcile's own.
/// </remarks>
internal sealed class RunningReconciles(string controller)
{
    private readonly ConcurrentDictionary<ObjectKey, ReconcileScope> _scopes = new();

    /// <summary>Their controller: the kind.</summary>
    public string Controller => controller;

    /// <summary>When each began, in the clock's ticks.</summary>
    public IEnumerable<long> Started => _scopes.Values.Select(scope => scope.Started);

    /// <summary>A reconcile begins; a key has one at a time.</summary>
    public ReconcileScope Begin(ObjectKey key, long started)
    {
        var scope = new ReconcileScope(controller, key, started);
        _scopes[key] = scope;
        return scope;
    }

    /// <summary>A reconcile ends.</summary>
    /// <returns>How urgently the key is to come back for what others changed meanwhile; null where nobody did.</returns>
    public QueuePriority? End(ReconcileScope scope)
    {
        _scopes.TryRemove(scope.Key, out _);
        return scope.End();
    }

    /// <summary>Holds a change until the reconcile of its key ends; false where none is under way.</summary>
    public bool TryHold(ObjectKey key, StoreChange change, QueuePriority priority) =>
        change.After is { } after && _scopes.TryGetValue(key, out var scope) && scope.TryHold(after, priority);
}
