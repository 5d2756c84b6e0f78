namespace Idp.Testing.Crash;

/// <summary>The points still to be tried, and what came of the others.</summary>
/// <remarks>A point may not come up, because timing made one write of two: then it is tried again, and told if it never does.</remarks>
internal sealed class PointQueue
{
    private const int Tries = 3;
    private readonly Dictionary<(CrashPhase, DeletionPolicy), Queue<CrashPoint>> _queues = [];
    private readonly Dictionary<CrashPoint, int> _tries = [];
    private readonly List<CrashPoint> _held = [];
    private readonly List<CrashPoint> _deviated = [];
    private readonly List<CrashPoint> _absent = [];

    public PointQueue(IEnumerable<CrashPoint> points)
    {
        foreach (var point in points)
        {
            Enqueue(point);
        }
    }

    /// <summary>Points at which the operator died, and the world became as it should be.</summary>
    public IReadOnlyList<CrashPoint> Held => _held;

    /// <summary>Points after which the world did not become as it should be.</summary>
    public IReadOnlyList<CrashPoint> Deviated => _deviated;

    /// <summary>Points that never came up.</summary>
    public IReadOnlyList<CrashPoint> Absent => _absent;

    /// <summary>How many points have an outcome.</summary>
    public int Done => _held.Count + _deviated.Count + _absent.Count;

    /// <summary>Whether nothing is left to try.</summary>
    public bool IsEmpty => _queues.Values.All(queue => queue.Count == 0);

    /// <summary>The policy whose deletion has points left; what is left of making goes with either.</summary>
    public DeletionPolicy NextPolicy =>
        QueueOf(CrashPhase.Deleting, DeletionPolicy.Delete).Count > 0 || QueueOf(CrashPhase.Deleting, DeletionPolicy.Retain).Count == 0
            ? DeletionPolicy.Delete
            : DeletionPolicy.Retain;

    /// <summary>Takes the next point; null where none is left.</summary>
    public CrashPoint? Take(CrashPhase phase, DeletionPolicy policy) => QueueOf(phase, policy).TryDequeue(out var point) ? point : null;

    /// <summary>Takes in what came of a point.</summary>
    /// <returns>Whether it is to be tried again.</returns>
    public bool Settle(CrashPoint point, bool cameUp, bool held)
    {
        if (!held)
        {
            _deviated.Add(point);
        }
        else if (cameUp)
        {
            _held.Add(point);
        }
        else if ((_tries[point] = _tries.GetValueOrDefault(point) + 1) < Tries)
        {
            Enqueue(point);
            return true;
        }
        else
        {
            _absent.Add(point);
        }

        return false;
    }

    private void Enqueue(CrashPoint point) => QueueOf(point.Phase, point.Policy).Enqueue(point);

    // Making is the same under every policy.
    private Queue<CrashPoint> QueueOf(CrashPhase phase, DeletionPolicy policy)
    {
        var key = (phase, phase == CrashPhase.Making ? DeletionPolicy.Delete : policy);
        if (!_queues.TryGetValue(key, out var queue))
        {
            _queues[key] = queue = new Queue<CrashPoint>();
        }

        return queue;
    }
}
