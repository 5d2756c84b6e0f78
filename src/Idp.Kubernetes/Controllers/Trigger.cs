using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Controllers;

/// <summary>Turns the changes of one watched kind into the keys that are to be reconciled.</summary>
/// <remarks>
/// The object is mapped as it was and as it is, so that a change of labels or owners reaches both sides. A map that
/// throws is a fault of the program and costs that one change, not the watch.
/// What a reconcile writes does not make itself come again: it has the answers already. Its own object is an exception,
/// since the answer to a status write may be the first, and only, news of a user's edit; only finalizers are no news. So a trigger of
/// the controller's own kind, whose changes users wait for, is given no running reconciles.
/// </remarks>
internal sealed partial class Trigger(
    Func<KubeObject, IEnumerable<ObjectKey>> map,
    ChangePredicate predicate,
    WorkQueue<ObjectKey> queue,
    ILogger logger,
    RunningReconciles? running = null)
{
    private readonly QueuePriority _priority = running is null ? QueuePriority.High : QueuePriority.Normal;
    private long _ignored;

    /// <summary>How many changes were not worth a reconcile.</summary>
    public long Ignored => Interlocked.Read(ref _ignored);

    /// <summary>Takes in one change.</summary>
    public void On(StoreChange change)
    {
        try
        {
            if (!predicate(change.Before, change.After) || IsItsOwnFinalizer(change))
            {
                Interlocked.Increment(ref _ignored);
                return;
            }

            foreach (var key in KeysOf(change.Before).Union(KeysOf(change.After)))
            {
                var priority = change.Initial ? QueuePriority.Low : _priority;
                if (!IsItsOwn(change, key) && running?.TryHold(key, change, priority) is not true)
                {
                    queue.Add(key, priority);
                }
            }
        }
        catch (Exception exception)
        {
            LogFailed(exception, change.After ?? change.Before);
        }
    }

    private bool IsItsOwnFinalizer(StoreChange change) =>
        change.Own && running is null && Predicates.OnlyFinalizers(change.Before, change.After);

    private bool IsItsOwn(StoreChange change, ObjectKey key) =>
        change.Own && running is not null && ReconcileScope.Current?.IsOf(running.Controller, key) is true;

    private IEnumerable<ObjectKey> KeysOf(KubeObject? item) => item is null ? [] : map(item);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not tell what {Object} concerns; its change is lost.")]
    private partial void LogFailed(Exception exception, KubeObject? @object);
}
