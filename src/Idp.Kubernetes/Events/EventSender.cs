using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Events;

/// <summary>Sends events one after the other, repeats as a count. Used by one task alone.</summary>
internal sealed class EventSender(KubeClient client, EventRecorderSettings settings, TimeProvider clock)
{
    private const int Most = 100_000;
    private readonly ExpiringCache<SeriesKey, EventSeries> _series = new(settings.SeriesLifetime, Most, clock);

    // After so long each of them is full again, like a new one.
    private readonly ExpiringCache<ObjectReference, TokenBucket> _buckets = new(settings.Burst * settings.Refill, Most, clock);

    /// <summary>Of how much there is a memory.</summary>
    internal int Remembered => _series.Count + _buckets.Count;

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
        var key = new SeriesKey(happened.Regarding, happened.Reason, happened.Type);
        if (_series.TryGet(key, out var series))
        {
            series.Count++;
        }
        else
        {
            series = new EventSeries(EventBody.NewKey(happened.Regarding));
        }

        _series.Set(key, series);
        return series;
    }

    private TokenBucket BucketOf(ObjectReference regarding)
    {
        if (!_buckets.TryGet(regarding, out var bucket))
        {
            bucket = new TokenBucket(settings.Burst, settings.Refill, clock);
        }

        _buckets.Set(regarding, bucket);
        return bucket;
    }
}
