using System.Text.RegularExpressions;

namespace Idp.Sandbox.GitHub;

/// <summary>The mishaps to come, in order: the first that matches a request strikes it.</summary>
internal sealed class FaultPlan
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);
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

    public void Add(GitHubFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        lock (_lock)
        {
            _entries.Add(new Entry(fault));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    public GitHubFault? Take(string method, string target)
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Where(entry => entry.Matches(method, target)))
            {
                if (entry.Skip-- > 0)
                {
                    continue;
                }

                if (--entry.Times == 0)
                {
                    _entries.Remove(entry);
                }

                return entry.Fault;
            }

            return null;
        }
    }

    private sealed class Entry(GitHubFault fault)
    {
        private readonly Regex? _path =
            fault.Path is null ? null : new Regex(fault.Path, RegexOptions.CultureInvariant, MatchTimeout);

        public GitHubFault Fault { get; } = fault;

        public int Skip { get; set; } = fault.Skip;

        public int Times { get; set; } = fault.Times;

        public bool Matches(string method, string target) =>
            (Fault.Method is null || Fault.Method == method) && (_path is null || _path.IsMatch(target));
    }
}
