using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>A queue that anybody can see is right: a list of rows that is searched from end to end.</summary>
internal sealed class QueueModel
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<int, Row?> _held = [];
    private bool _shutDown;
    private int _step;

    /// <summary>Seconds since the beginning.</summary>
    public int Now { get; private set; }

    public int Ready => _rows.Count(row => row.Due <= Now);

    public int Waiting => _rows.Count(row => row.Due > Now);

    public int Active => _held.Count;

    /// <summary>What may be handed out now: of the due keys of the highest priority those that became due first.</summary>
    public IReadOnlyList<int> Next => _rows.Where(row => row.Due <= Now)
        .GroupBy(row => (row.Priority, row.ReadyAt))
        .OrderByDescending(group => group.Key.Priority).ThenBy(group => group.Key.ReadyAt)
        .FirstOrDefault()?.Select(row => row.Key).ToList() ?? [];

    /// <summary>The next moment at which a key becomes due, if that is not after the given one.</summary>
    public int? NextDue(int latest) => _rows.Where(row => row.Due > Now && row.Due <= latest).Min(row => (int?)row.Due);

    public void Add(int key, QueuePriority priority, int delay)
    {
        var added = new Row(key, priority, Now + delay, null);
        if (_shutDown)
        {
            return;
        }

        if (_held.TryGetValue(key, out var again))
        {
            _held[key] = Merge(again, added);
            return;
        }

        var known = _rows.Find(row => row.Key == key);
        _rows.RemoveAll(row => row.Key == key);
        _rows.Add(Merge(known, added));
        PromoteDue();
    }

    public void Hold(int key)
    {
        _rows.RemoveAll(row => row.Key == key);
        _held.Add(key, null);
    }

    public void Done(int key)
    {
        _held.Remove(key, out var again);
        if (again is not null && !_shutDown)
        {
            _rows.Add(again);
            PromoteDue();
        }
    }

    public void MoveTo(int moment)
    {
        Now = moment;
        PromoteDue();
    }

    public void ShutDown()
    {
        _shutDown = true;
        _rows.Clear();
    }

    private static Row Merge(Row? known, Row added) => known is null
        ? added
        : known with
        {
            Priority = known.Priority > added.Priority ? known.Priority : added.Priority,
            Due = Math.Min(known.Due, added.Due),
        };

    /// <summary>Keys that become due at one moment are equals; later ones come after them.</summary>
    private void PromoteDue()
    {
        _step++;
        for (var index = 0; index < _rows.Count; index++)
        {
            _rows[index] = _rows[index].Due <= Now ? _rows[index] with { ReadyAt = _rows[index].ReadyAt ?? _step } : _rows[index];
        }
    }

    private sealed record Row(int Key, QueuePriority Priority, int Due, int? ReadyAt);
}
