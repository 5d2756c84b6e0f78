namespace Idp.Kubernetes.Queue;

/// <summary>What a queue knows of one key. Guarded by the queue's lock.</summary>
internal sealed class QueueEntry<TKey>(TKey key)
{
    public TKey Key { get; } = key;

    public QueuePriority Priority { get; set; }

    /// <summary>When the key may be handed out, as a timestamp.</summary>
    public long Due { get; set; }

    /// <summary>Its place among equals; no two entries have the same.</summary>
    public long Sequence { get; set; }

    /// <summary>Whether its time has come.</summary>
    public bool Ready { get; set; }

    /// <summary>Whether somebody holds it.</summary>
    public bool Active { get; set; }

    /// <summary>Whether it was added while somebody held it.</summary>
    public bool Dirty { get; set; }

    public static int ByTime(QueueEntry<TKey> left, QueueEntry<TKey> right) =>
        left.Due != right.Due ? left.Due.CompareTo(right.Due) : left.Sequence.CompareTo(right.Sequence);

    public static int ByPriority(QueueEntry<TKey> left, QueueEntry<TKey> right) =>
        left.Priority != right.Priority
            ? right.Priority.CompareTo(left.Priority)
            : left.Sequence.CompareTo(right.Sequence);
}
