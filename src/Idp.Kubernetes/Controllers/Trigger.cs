using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Controllers;

/// <summary>Turns the changes of one watched kind into the keys that are to be reconciled.</summary>
/// <remarks>
/// The object is mapped as it was and as it is, so that a change of labels or owners reaches both sides. A map that
/// throws is a fault of the program and costs that one change, not the watch.
/// </remarks>
internal sealed partial class Trigger(
    Func<KubeObject, IEnumerable<ObjectKey>> map,
    ChangePredicate predicate,
    QueuePriority priority,
    WorkQueue<ObjectKey> queue,
    ILogger logger)
{
    private long _ignored;

    /// <summary>How many changes were not worth a reconcile.</summary>
    public long Ignored => Interlocked.Read(ref _ignored);

    /// <summary>Takes in one change.</summary>
    public void On(StoreChange change)
    {
        try
        {
            if (!predicate(change.Before, change.After))
            {
                Interlocked.Increment(ref _ignored);
                return;
            }

            foreach (var key in KeysOf(change.Before).Union(KeysOf(change.After)))
            {
                queue.Add(key, change.Initial ? QueuePriority.Low : priority);
            }
        }
        catch (Exception exception)
        {
            LogFailed(exception, change.After ?? change.Before);
        }
    }

    private IEnumerable<ObjectKey> KeysOf(KubeObject? item) => item is null ? [] : map(item);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not tell what {Object} concerns; its change is lost.")]
    private partial void LogFailed(Exception exception, KubeObject? @object);
}
