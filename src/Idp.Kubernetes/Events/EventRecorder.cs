using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Events;

/// <summary>Tells people what happened to an object, as Kubernetes events.</summary>
/// <remarks>
/// Guarantees: <see cref="Publish"/> neither waits nor throws; an event that happens again is counted, not made anew; one
/// object can cost only so many writes; what cannot be sent is dropped and counted. Events are a courtesy: nothing may
/// depend on them, conditions say how things stand.
/// </remarks>
public sealed partial class EventRecorder
{
    private const int LongestNote = 1024;
    private const int LongestReason = 128;
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(2);
    private static readonly Meter Meter = new("Idp.Kubernetes");
    private static readonly Counter<long> DroppedCounter = Meter.CreateCounter<long>(
        "kubernetes.events.dropped", description: "Events that were not sent.");

    private readonly Channel<PendingEvent> _queue;
    private readonly EventSender _sender;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventRecorder> _logger;
    private long _dropped;

    /// <summary>Makes a recorder; nothing is sent before <see cref="RunAsync"/> runs.</summary>
    public EventRecorder(KubeClient client, EventRecorderSettings settings, TimeProvider clock, ILogger<EventRecorder> logger)
    {
        _clock = clock;
        _logger = logger;
        _sender = new EventSender(client, settings, clock);
        _queue = Channel.CreateBounded<PendingEvent>(
            new BoundedChannelOptions(settings.QueueLength) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Drop("queue"));
    }

    /// <summary>How many events were not sent.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Of how many objects and events there is a memory.</summary>
    internal int Remembered => _sender.Remembered;

    /// <summary>Tells what happened; returns at once.</summary>
    /// <param name="regarding">What it happened to.</param>
    /// <param name="reason">What happened, as one CamelCase word such as <c>RepositoryCreated</c>.</param>
    /// <param name="message">What happened, for people; cut to 1,024 bytes, and what looks like a credential is taken out.</param>
    /// <param name="type">How it is meant.</param>
    public void Publish(ObjectReference regarding, string reason, string message, EventType type = EventType.Normal)
    {
        var note = Redaction.Trim(Redaction.Clean(message), LongestNote);
        _queue.Writer.TryWrite(new PendingEvent(regarding, Redaction.Trim(reason, LongestReason), note, type, _clock.GetUtcNow()));
    }

    /// <summary>Sends events until cancelled, and then, for two seconds at most, what is still waiting.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var flush = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _clock);
        await using var flushing = cancellationToken.Register(() => flush.CancelAfter(FlushTimeout));
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                await SendWaitingAsync(flush.Token);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await SendWaitingAsync(flush.Token);
        }
    }

    private async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && _queue.Reader.TryRead(out var happened))
        {
            try
            {
                if (!await _sender.SendAsync(happened, cancellationToken))
                {
                    Drop("rate");
                }
            }
            catch (Exception exception) when (exception is KubeException or OperationCanceledException)
            {
                Drop("refused");
                LogNotSent(exception, happened.Reason, happened.Regarding.Kind, happened.Regarding.Namespace, happened.Regarding.Name);
            }
        }
    }

    private void Drop(string why)
    {
        Interlocked.Increment(ref _dropped);
        DroppedCounter.Add(1, new KeyValuePair<string, object?>("reason", why));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The event {Reason} of {Kind} {Namespace}/{Name} was not sent.")]
    private partial void LogNotSent(Exception exception, string reason, string kind, string @namespace, string name);
}
