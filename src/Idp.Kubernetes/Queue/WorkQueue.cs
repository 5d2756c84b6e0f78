namespace Idp.Kubernetes.Queue;

/// <summary>Holds the keys that are to be worked on, each once, and hands them out by time and priority.</summary>
/// <remarks>
/// <para>Guarantees: a key that is added is handed out, at the earliest time that was asked for and with the highest
/// priority; a key in somebody's hands is handed to nobody else, and added meanwhile it is due again afterwards;
/// within one priority the key that was due first comes first; after <see cref="ShutDown"/> nothing is handed out.</para>
/// <para>One lock, two ordered sets, one timer for the next time that something becomes due. Nothing polls and no
/// thread waits: waiters are completed outside the lock. Safe for any number of threads.</para>
/// </remarks>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    /// <summary>Longer than any process lives, and short enough to be added to a timestamp.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly Alarm _alarm;
    private readonly Dictionary<TKey, QueueEntry<TKey>> _entries = [];
    private readonly SortedSet<QueueEntry<TKey>> _waiting = new(Comparer<QueueEntry<TKey>>.Create(QueueEntry<TKey>.ByTime));
    private readonly SortedSet<QueueEntry<TKey>> _ready = new(Comparer<QueueEntry<TKey>>.Create(QueueEntry<TKey>.ByPriority));
    private readonly LinkedList<Waiter> _waiters = [];
    private long _sequence;
    private int _active;
    private bool _shutDown;

    /// <summary>Makes an empty queue.</summary>
    public WorkQueue(TimeProvider clock)
    {
        _clock = clock;
        _alarm = new Alarm(clock, HandOut);
    }

    /// <summary>How many keys could be handed out now.</summary>
    public int ReadyCount { get { lock (_lock) { return _ready.Count; } } }

    /// <summary>How many keys wait for their time.</summary>
    public int WaitingCount { get { lock (_lock) { return _waiting.Count; } } }

    /// <summary>How many keys are in somebody's hands.</summary>
    public int ActiveCount { get { lock (_lock) { return _active; } } }

    /// <summary>Asks for a key to be worked on, not before a delay; an earlier time that was asked for before stays.</summary>
    /// <remarks>After <see cref="ShutDown"/> it does nothing.</remarks>
    public void Add(TKey key, QueuePriority priority = QueuePriority.Normal, TimeSpan delay = default)
    {
        lock (_lock)
        {
            if (!_shutDown)
            {
                Schedule(key, priority, DueIn(delay));
            }
        }

        HandOut();
    }

    /// <summary>Waits for a key that is due; no key is lost by ending the waiting.</summary>
    /// <returns>The key, to be disposed when the work is done; null once the queue is shut down.</returns>
    public async Task<WorkItem<TKey>?> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        lock (_lock)
        {
            if (_shutDown)
            {
                return null;
            }

            waiter.Node = _waiters.AddLast(waiter);
        }

        // Registered outside the lock, since a token that has just ended calls back at once.
        using var registration = cancellationToken.UnsafeRegister(_ => Withdraw(waiter, cancellationToken), null);
        HandOut();
        return await waiter.Task;
    }

    /// <summary>Forgets every key that nobody holds and hands out no more; who waits is given null.</summary>
    public void ShutDown()
    {
        List<Waiter> released;
        lock (_lock)
        {
            _shutDown = true;
            released = [.. _waiters];
            released.ForEach(waiter => waiter.Node = null);
            _waiters.Clear();
            foreach (var entry in _waiting.Concat(_ready))
            {
                _entries.Remove(entry.Key);
            }

            _waiting.Clear();
            _ready.Clear();
        }

        released.ForEach(waiter => waiter.SetResult(null));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ShutDown();
        _alarm.Dispose();
    }

    internal void Done(TKey key)
    {
        lock (_lock)
        {
            _active--;
            _entries.Remove(key, out var entry);
            if (entry is { Dirty: true } && !_shutDown)
            {
                Schedule(key, entry.Priority, entry.Due);
            }
        }

        HandOut();
    }

    private long DueIn(TimeSpan delay)
    {
        var seconds = Math.Clamp(delay.TotalSeconds, 0, Longest.TotalSeconds);
        return _clock.GetTimestamp() + (long)Math.Ceiling(seconds * _clock.TimestampFrequency);
    }

    private void Schedule(TKey key, QueuePriority priority, long due)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            entry = new QueueEntry<TKey>(key) { Due = due, Priority = priority };
            _entries.Add(key, entry);
        }
        else if (entry is { Active: true, Dirty: false })
        {
            (entry.Dirty, entry.Due, entry.Priority) = (true, due, priority);
        }
        else
        {
            _waiting.Remove(entry);
            _ready.Remove(entry);
            entry.Due = Math.Min(entry.Due, due);
            entry.Priority = (QueuePriority)Math.Max((int)entry.Priority, (int)priority);
        }

        if (!entry.Active)
        {
            Enqueue(entry);
            SetAlarm();
        }
    }

    private void Enqueue(QueueEntry<TKey> entry)
    {
        if (entry.Due > _clock.GetTimestamp())
        {
            entry.Sequence = entry.Sequence == 0 ? ++_sequence : entry.Sequence;
            _waiting.Add(entry);
            return;
        }

        // Stamped anew when it becomes ready first: the order in a priority is that of becoming due.
        entry.Sequence = entry.Ready ? entry.Sequence : ++_sequence;
        entry.Ready = true;
        _ready.Add(entry);
    }

    /// <summary>Gives what is due to who waits, and sets the timer for what is due next.</summary>
    private void HandOut()
    {
        while (true)
        {
            Waiter waiter;
            QueueEntry<TKey> entry;
            lock (_lock)
            {
                PromoteDue();
                if (_waiters.First is not { } first || _ready.Min is not { } next)
                {
                    return;
                }

                (waiter, entry) = (first.Value, next);
                _waiters.RemoveFirst();
                waiter.Node = null;
                _ready.Remove(entry);
                entry.Active = true;
                _active++;
            }

            waiter.SetResult(new WorkItem<TKey>(this, entry.Key, entry.Priority));
        }
    }

    private void PromoteDue()
    {
        var now = _clock.GetTimestamp();
        while (_waiting.Min is { } entry && entry.Due <= now)
        {
            _waiting.Remove(entry);
            Enqueue(entry);
        }

        SetAlarm();
    }

    // Always in the lock in which a key began to wait: whoever sees it waiting may rely on its alarm.
    private void SetAlarm() => _alarm.Set(_waiting.Min?.Due ?? Alarm.Never);

    private void Withdraw(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiter.Node is null)
            {
                return; // it has its key already, or the queue is shut down
            }

            _waiters.Remove(waiter.Node);
            waiter.Node = null;
        }

        waiter.SetCanceled(cancellationToken);
    }

    private sealed class Waiter() : TaskCompletionSource<WorkItem<TKey>?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        /// <summary>Its place among those who wait; null once it is served. Guarded by the queue's lock.</summary>
        public LinkedListNode<Waiter>? Node { get; set; }
    }
}
