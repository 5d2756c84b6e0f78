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

/// <summary>One reconcile under way, and how its own writes are known.</summary>
internal sealed class ReconcileScope(string kind, ObjectKey key, long started)
{
    private static readonly AsyncLocal<ReconcileScope?> Running = new();
    private readonly List<(KubeObject Item, QueuePriority Priority)> _held = [];
    private readonly OwnWrites _writes = new();
    private bool _ended;

    /// <summary>The reconcile that the caller is part of; null outside of any.</summary>
    public static ReconcileScope? Current => Running.Value;

    /// <summary>Tells this reconcile from every other.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("N");

    public ObjectKey Key => key;

    /// <summary>When it began, in the clock's ticks.</summary>
    public long Started => started;

    /// <summary>Makes it the current one, for the rest of the calling asynchronous method and for what that calls.</summary>
    public void Enter()
    {
        Running.Value = this;
        _writes.Enter();
    }

    /// <summary>Holds a changed object until the end, when all own writes are known; false where that has come.</summary>
    public bool TryHold(KubeObject item, QueuePriority priority)
    {
        lock (_held)
        {
            if (!_ended)
            {
                _held.Add((item, priority));
            }

            return !_ended;
        }
    }

    /// <summary>Holds nothing any more.</summary>
    /// <returns>The highest priority of what was held and is not its own; null where there is nothing.</returns>
    public QueuePriority? End()
    {
        lock (_held)
        {
            _ended = true;
            return _held.Where(held => !_writes.Contains(held.Item)).Max(held => (QueuePriority?)held.Priority);
        }
    }

    /// <summary>Whether it is the reconcile of this key by this controller.</summary>
    public bool IsOf(string controller, ObjectKey other) => kind == controller && key == other;
}
