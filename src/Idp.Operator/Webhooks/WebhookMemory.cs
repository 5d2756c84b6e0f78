namespace Idp.Operator.Webhooks;

/// <summary>Remembers what was accepted, so that nobody makes the platform work by sending it once more.</summary>
/// <remarks>
/// A delivery is known by its id and by its signature: the id alone is not signed, so who got hold of a delivery could give it
/// another. Bounded in time and number; what is forgotten, and what a restart forgets, costs one look at GitHub.
/// </remarks>
internal sealed class WebhookMemory(TimeProvider clock)
{
    /// <summary>How long: as long as GitHub itself can deliver again.</summary>
    /// <remarks>https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks</remarks>
    public static readonly TimeSpan Age = TimeSpan.FromDays(3);

    /// <summary>How many deliveries at most.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _entries = new();

    /// <summary>Whether the delivery is new; from now on it is not.</summary>
    public bool TryAdd(string delivery, string signature)
    {
        lock (_lock)
        {
            Forget(oldest => clock.GetElapsedTime(oldest.At) >= Age);
            if (_known.Contains(delivery) || _known.Contains(signature))
            {
                return false;
            }

            Forget(_ => _entries.Count >= Capacity);
            _known.Add(delivery);
            _known.Add(signature);
            _entries.Enqueue(new Entry(delivery, signature, clock.GetTimestamp()));
            return true;
        }
    }

    private void Forget(Func<Entry, bool> mustGo)
    {
        while (_entries.TryPeek(out var oldest) && mustGo(oldest))
        {
            _entries.Dequeue();
            _known.Remove(oldest.Delivery);
            _known.Remove(oldest.Signature);
        }
    }

    private readonly record struct Entry(string Delivery, string Signature, long At);
}
