namespace Idp.Operator.Webhooks;

/// <summary>Remembers what was accepted, so that nobody makes the platform work by sending it once more.</summary>
/// <remarks>
/// A delivery is known by its id. The id is not signed, though: who got hold of a delivery could give it another. So one whose body was seen
/// before counts too, for two events may well be equal, but brings a look only some time after the last one: however often it is
/// sent meanwhile, that is one look. Bounded in time and number; what is forgotten, and what a restart forgets, costs one look at GitHub.
/// </remarks>
internal sealed class WebhookMemory(TimeProvider clock)
{
    /// <summary>How long: as long as GitHub itself can deliver again.</summary>
    /// <remarks>https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks</remarks>
    public static readonly TimeSpan Age = TimeSpan.FromDays(3);

    /// <summary>How far apart the looks are that one and the same body brings about.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How many deliveries at most.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _deliveries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Body> _bodies = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _entries = new();

    /// <summary>Takes note of a delivery.</summary>
    /// <returns>After what time its look is due; null where it brings none, for it is known, or a look that is due serves it too.</returns>
    public TimeSpan? Admit(string delivery, string signature)
    {
        lock (_lock)
        {
            Forget(oldest => clock.GetElapsedTime(oldest.At) >= Age);
            var wait = WaitFor(signature);
            if (wait is null || !_deliveries.Add(delivery))
            {
                return null;
            }

            Forget(_ => _entries.Count >= Capacity);
            _entries.Enqueue(new Entry(delivery, signature, clock.GetTimestamp()));
            _bodies[signature] = new Body(clock.GetTimestamp(), wait.Value, (_bodies.GetValueOrDefault(signature)?.Deliveries ?? 0) + 1);
            return wait;
        }
    }

    private TimeSpan? WaitFor(string signature)
    {
        if (_bodies.GetValueOrDefault(signature) is not { } last)
        {
            return TimeSpan.Zero;
        }

        var sinceLook = clock.GetElapsedTime(last.At) - last.Wait;
        return sinceLook < TimeSpan.Zero ? null : sinceLook < Pause ? Pause - sinceLook : TimeSpan.Zero;
    }

    private void Forget(Func<Entry, bool> mustGo)
    {
        while (_entries.TryPeek(out var oldest) && mustGo(oldest))
        {
            _entries.Dequeue();
            _deliveries.Remove(oldest.Delivery);
            var body = _bodies[oldest.Signature];
            _bodies[oldest.Signature] = body with { Deliveries = body.Deliveries - 1 };
            if (body.Deliveries == 1)
            {
                _bodies.Remove(oldest.Signature);
            }
        }
    }

    private readonly record struct Entry(string Delivery, string Signature, long At);

    /// <summary>What is known of one body.</summary>
    /// <param name="At">When it came last and was admitted.</param>
    /// <param name="Wait">How long after that its look was due.</param>
    /// <param name="Deliveries">How many remembered deliveries had it.</param>
    private sealed record Body(long At, TimeSpan Wait, int Deliveries);
}
