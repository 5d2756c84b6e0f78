namespace Idp.Sandbox.Proxy;

/// <summary>The mishaps to come, in order: the first that matches a request strikes it.</summary>
internal sealed class FaultPlan
{
    private static readonly ProxyFault Nothing = new();
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>How many strikes are still to come.</summary>
    public int Remaining
    {
        get
        {
            lock (_lock)
            {
                return _entries.Sum(entry => entry.Times);
            }
        }
    }

    public void Add(ProxyFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        lock (_lock)
        {
            _entries.Add(new Entry(fault) { Skip = fault.Skip, Times = fault.Times });
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>What is to happen to a request; a fault without parts for most.</summary>
    public ProxyFault Take(ProxiedRequest request)
    {
        lock (_lock)
        {
            var struck = _entries.FirstOrDefault(entry => entry.Fault.Matches(request) && entry.Skip-- <= 0);
            if (struck is not null && --struck.Times == 0)
            {
                _entries.Remove(struck);
            }

            return struck?.Fault ?? Nothing;
        }
    }

    private sealed class Entry(ProxyFault fault)
    {
        public ProxyFault Fault { get; } = fault;

        public int Skip { get; set; }

        public int Times { get; set; }
    }
}
