namespace Idp.GitHub;

/// <summary>Who waits to create content, and who is next. Not safe for many threads.</summary>
/// <remarks>
/// Fair across groups: the groups take turns, so that one team's hundred new
/// applications do not stand before another team's one. Within a group the first come is the first served. A group that comes
/// later begins in the present round: it makes up for none that it was not there for.
/// </remarks>
internal sealed class ContentQueue
{
    /// <summary>Who has not come so long after the promised time does not come any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Who has been promised a time within this while is about to come.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Ticket> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _rounds = new(StringComparer.Ordinal);
    private long _round;
    private long _last;

    /// <summary>Whether nobody waits, but for those who do not come any more.</summary>
    public bool IsEmpty(DateTimeOffset now) => _tickets.Values.All(ticket => ticket.Due + Patience < now);

    /// <summary>Takes a place in the line, or keeps the one that was taken before.</summary>
    public void Enqueue(string key, string group, int units, DateTimeOffset now)
    {
        var late = _tickets.Where(ticket => ticket.Value.Due + Patience < now && ticket.Key != key).Select(ticket => ticket.Key).ToList();
        late.ForEach(ticket => _tickets.Remove(ticket));
        var number = _tickets.TryGetValue(key, out var known) ? known.Number : ++_last;
        if (_tickets.Values.All(ticket => ticket.Group != group))
        {
            _rounds[group] = Math.Max(_rounds.GetValueOrDefault(group), _round);
        }

        _tickets[key] = new Ticket(group, units, number, now);
    }

    public void SetDue(string key, DateTimeOffset due) => _tickets[key] = _tickets[key] with { Due = due };

    /// <summary>Gives a place up that nobody comes for any more.</summary>
    public void Remove(string key)
    {
        _tickets.Remove(key);
        ForgetWhenEmpty();
    }

    /// <summary>It is this one's turn: the next of its group is of the next round.</summary>
    public void Dequeue(string key)
    {
        if (_tickets.Remove(key, out var ticket))
        {
            _round = _rounds[ticket.Group]++;
        }

        ForgetWhenEmpty();
    }

    /// <summary>The units of each who is served before this one, in order.</summary>
    public IReadOnlyList<int> Before(string key) => [.. TicketsBefore(key).Select(ticket => ticket.Units)];

    /// <summary>The same, but for those who were told to come later: what is free now is not theirs.</summary>
    public IReadOnlyList<int> AtHandBefore(string key, DateTimeOffset now) =>
        [.. TicketsBefore(key).Where(ticket => ticket.Due <= now + Soon).Select(ticket => ticket.Units)];

    private IEnumerable<Ticket> TicketsBefore(string key)
    {
        var inOrder = _tickets
            .GroupBy(ticket => ticket.Value.Group, StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(ticket => ticket.Value.Number).Select((ticket, rank) => (ticket, Round: _rounds[ticket.Value.Group] + rank)))
            .OrderBy(entry => entry.Round)
            .ThenBy(entry => entry.ticket.Value.Number);
        return inOrder.TakeWhile(entry => entry.ticket.Key != key).Select(entry => entry.ticket.Value);
    }

    // Whose turn it was matters only while somebody waits.
    private void ForgetWhenEmpty()
    {
        if (_tickets.Count == 0)
        {
            _rounds.Clear();
            _round = 0;
        }
    }

    private sealed record Ticket(string Group, int Units, long Number, DateTimeOffset Due);
}
