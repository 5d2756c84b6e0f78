namespace Idp.Sandbox;

/// <summary>The mishaps to come, in order: the first that matches a request strikes it. Safe from any thread.</summary>
/// <typeparam name="TFault">What can happen.</typeparam>
/// <typeparam name="TRequest">What it can happen to.</typeparam>
internal sealed class FaultPlan<TFault, TRequest>
    where TFault : class
{
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

    /// <summary>Puts a mishap behind those that are still to come.</summary>
    /// <param name="fault">What happens.</param>
    /// <param name="matches">Which requests it can happen to.</param>
    /// <param name="times">How often, from 1 on.</param>
    /// <param name="skip">How many requests that match are spared before.</param>
    public void Add(TFault fault, Func<TRequest, bool> matches, int times, int skip)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_lock)
        {
            _entries.Add(new Entry(fault, matches) { Skip = skip, Times = times });
        }
    }

    /// <summary>Forgets all that are still to come.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>What is to happen to a request; null for nothing.</summary>
    public TFault? Take(TRequest request)
    {
        lock (_lock)
        {
            var struck = _entries.FirstOrDefault(entry => entry.Matches(request) && entry.Skip-- <= 0);
            if (struck is not null && --struck.Times == 0)
            {
                _entries.Remove(struck);
            }

            return struck?.Fault;
        }
    }

    private sealed class Entry(TFault fault, Func<TRequest, bool> matches)
    {
        public TFault Fault { get; } = fault;

        public Func<TRequest, bool> Matches { get; } = matches;

        public int Skip { get; set; }

        public int Times { get; set; }
    }
}
