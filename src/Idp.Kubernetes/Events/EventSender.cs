using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Events;

/// <summary>Sends events one after the other, repeats as a count. Used by one task alone.</summary>
internal sealed class EventSender(KubeClient client, EventRecorderSettings settings, TimeProvider clock)
{
    private const int SweepAt = 1_000;
    private readonly Dictionary<SeriesKey, EventSeries> _series = [];
    private readonly Dictionary<ObjectReference, TokenBucket> _buckets = [];
    private int _sweepAt = SweepAt;

    /// <summary>Sends an event.</summary>
    /// <returns>False when the object has used up what it may cost; the count goes along with the next that is sent.</returns>
    public async Task<bool> SendAsync(PendingEvent happened, CancellationToken cancellationToken)
    {
        var series = Observe(happened);
        if (!BucketOf(happened.Regarding).TryTake())
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

    private EventSeries Observe(PendingEvent happened)
    {
        Sweep();
        var key = new SeriesKey(happened.Regarding, happened.Reason, happened.Type);
        if (_series.TryGetValue(key, out var series) && IsAlive(series))
        {
            series.Count++;
        }
        else
        {
            _series[key] = series = new EventSeries(EventBody.NewKey(happened.Regarding));
        }

        series.LastAt = clock.GetTimestamp();
        return series;
    }

    private bool IsAlive(EventSeries series) => clock.GetElapsedTime(series.LastAt) < settings.SeriesLifetime;

    private TokenBucket BucketOf(ObjectReference regarding)
    {
        if (!_buckets.TryGetValue(regarding, out var bucket))
        {
            _buckets[regarding] = bucket = new TokenBucket(settings.Burst, settings.Refill, clock);
        }

        return bucket;
    }

    // What has run out is let go; the next sweep waits until as much again has come together.
    private void Sweep()
    {
        if (_series.Count + _buckets.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, series) in _series)
        {
            if (!IsAlive(series))
            {
                _series.Remove(key);
            }
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull)
            {
                _buckets.Remove(key);
            }
        }

        _sweepAt = Math.Max(SweepAt, 2 * (_series.Count + _buckets.Count));
    }
}
