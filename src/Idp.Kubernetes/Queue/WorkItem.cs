namespace Idp.Kubernetes.Queue;

/// <summary>One key in one worker's hands; nobody else is given the key until it is disposed.</summary>
/// <remarks>Disposing twice does nothing.</remarks>
public sealed class WorkItem<TKey> : IDisposable
    where TKey : notnull
{
    private WorkQueue<TKey>? _queue;

    internal WorkItem(WorkQueue<TKey> queue, TKey key, QueuePriority priority)
    {
        _queue = queue;
        Key = key;
        Priority = priority;
    }

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>The highest priority with which it was added.</summary>
    public QueuePriority Priority { get; }

    /// <summary>Gives the key back: if it was added meanwhile, it is due again at the time that was asked for.</summary>
    public void Dispose() => Interlocked.Exchange(ref _queue, null)?.Done(Key);
}

/// <summary>What is handed out first when several keys are due.</summary>
public enum QueuePriority
{
    /// <summary>What was there before the process started: it must not hold up anybody.</summary>
    Low,

    /// <summary>What comes back by itself, or through another object.</summary>
    Normal,

    /// <summary>What somebody has just changed and waits for.</summary>
    High,
}
