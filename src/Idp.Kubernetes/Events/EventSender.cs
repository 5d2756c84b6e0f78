using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Events;

/// <summary>Sends events one after the other, repeats as a count. Used by one task alone.</summary>
internal sealed class EventSender(KubeClient client, EventRecorderSettings settings, TimeProvider clock)
{
    private const int Most = 100_000;
    private readonly ExpiringCache<(ObjectReference Regarding, string Reason, EventType Type), EventSeries> _series =
        new(settings.SeriesLifetime, Most, clock);

    // After so long each of them is full again, like a new one.
    private readonly ExpiringCache<ObjectReference, TokenBucket> _buckets = new(settings.Burst * settings.Refill, Most, clock);

    /// <summary>Of how much there is a memory.</summary>
    internal int Remembered => _series.Count + _buckets.Count;

    /// <summary>Sends an event.</summary>
    /// <returns>False when the object has used up what it may cost; the count goes along with the next that is sent.</returns>
    public async Task<bool> SendAsync(PendingEvent happened, CancellationToken cancellationToken)
    {
        var series = Observe(happened);
        if (!_buckets.Touch(happened.Regarding, () => new TokenBucket(settings.Burst, settings.Refill, clock)).TryTake())
        {
            return false;
        }

        if (!series.IsSent || !await TryRepeatAsync(series, happened, cancellationToken))
        {
            var body = EventBody.New(series.Key, happened, settings);
            await client.CreateAsync(EventBody.Kind, body, cancellationToken);
            series.IsSent = true;
        }

        series.Note = happened.Note;
        return true;
    }

    private async Task<bool> TryRepeatAsync(EventSeries series, PendingEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync(EventBody.Kind, series.Key, EventBody.Repeat(series, happened), cancellationToken);
            return true;
        }
        catch (NotFoundException)
        {
            // It ran out on the server, or somebody deleted it: it begins anew.
            series.Count = 1;
            return false;
        }
    }

    // Not by the note, which may hold a number that changes each time.
    private EventSeries Observe(PendingEvent happened)
    {
        var key = (happened.Regarding, happened.Reason, happened.Type);
        var series = _series.Touch(key, () => new EventSeries(EventBody.NewKey(happened.Regarding)));
        series.Count++;
        return series;
    }
}

/// <summary>An event that was published and not yet sent.</summary>
internal sealed record PendingEvent(ObjectReference Regarding, string Reason, string Note, EventType Type, DateTimeOffset At);

/// <summary>One event in the cluster and how often it happened.</summary>
internal sealed class EventSeries(ObjectKey key)
{
    public ObjectKey Key { get; } = key;

    public int Count { get; set; }

    public string Note { get; set; } = "";

    /// <summary>Whether the cluster has it.</summary>
    public bool IsSent { get; set; }
}

/// <summary>Lets a burst through, then one each while.</summary>
internal sealed class TokenBucket(int burst, TimeSpan refill, TimeProvider clock)
{
    private double _tokens = burst;
    private long _at = clock.GetTimestamp();

    public bool TryTake()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (clock.GetElapsedTime(_at, now) / refill));
        _at = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
