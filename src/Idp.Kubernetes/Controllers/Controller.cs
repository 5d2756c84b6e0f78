using System.Collections.Concurrent;
using System.Diagnostics;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Controllers;

/// <summary>Takes keys from the queue and has them reconciled: the one place that catches, times and retries.</summary>
/// <remarks>
/// Guarantees: whatever a reconciler throws, its key comes back, with back-off that grows to a cap and never ends, and
/// not before the time that a busy server asked for; a conflict comes back without a word; a stalled key waits for a
/// change. May be run again after it was cancelled: what was cut off is in the queue again.
/// </remarks>
internal sealed partial class Controller(
    ControllerOptions options,
    IReconciler reconciler,
    WorkQueue<ObjectKey> queue,
    ReconcileMeter meter,
    ILogger logger)
{
    private static readonly ActivitySource Activities = new("Idp.Kubernetes");
    private static readonly Func<ILogger, string, ObjectKey, string, IDisposable?> LogScope =
        LoggerMessage.DefineScope<string, ObjectKey, string>("{Kind} {Key} {ReconcileId}");

    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan JitteredFrom = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ObjectKey, int> _failures = new();

    /// <summary>The name in logs and metrics: the kind.</summary>
    public string Name => options.Name;

    /// <summary>What it is working on.</summary>
    public RunningReconciles Running { get; } = new(options.Name);

    /// <summary>What it works through.</summary>
    public WorkQueue<ObjectKey> Queue => queue;

    /// <summary>Whether no reconcile has outlived its time limit by much, ignoring its token.</summary>
    public bool IsAlive =>
        Running.Started.All(since => options.Clock.GetElapsedTime(since) < options.Timeout + StuckAfter);

    /// <summary>Works until cancelled, which cuts reconciles off, or until the queue is shut down, which lets them end.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        meter.Announce(Name);
        return Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(cancellationToken)));
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        // A worker never runs on the thread of its neighbour.
        await Task.Yield();
        while (await TakeAsync(cancellationToken) is { } item)
        {
            using (item)
            {
                // What is cut off gives its key back, and another worker may be given it before it hears of the end.
                if (cancellationToken.IsCancellationRequested)
                {
                    queue.Add(item.Key, item.Priority);
                    return;
                }

                await HandleAsync(item, cancellationToken);
            }
        }
    }

    private async Task<WorkItem<ObjectKey>?> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await queue.TakeAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task HandleAsync(WorkItem<ObjectKey> item, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var scope = Running.Begin(item.Key, started);
        scope.Enter();
        using var logged = LogScope(logger, Name, item.Key, scope.Id);
        using var activity = Activities.StartActivity("reconcile");
        activity?.SetTag("k8s.kind", Name).SetTag("k8s.key", item.Key.ToString()).SetTag("reconcile.id", scope.Id);
        var result = await TryReconcileAsync(item.Key, cancellationToken);
        if (Running.End(scope) is { } urgency)
        {
            queue.Add(item.Key, urgency);
        }

        if (result is null)
        {
            queue.Add(item.Key, item.Priority);
            return;
        }

        var elapsed = options.Clock.GetElapsedTime(started);
        Settle(item, result);
        meter.Record(Name, result.Outcome, elapsed);
        activity?.SetTag("reconcile.outcome", result.Outcome.ToString());
        LogReconciled(Name, item.Key, result.Outcome, elapsed);
    }

    /// <summary>Reconciles once; null where the process or its leadership ended it.</summary>
    private async Task<ReconcileResult?> TryReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.Timeout, options.Clock, cancellationToken);
        try
        {
            return await reconciler.ReconcileAsync(key, deadline.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException exception) when (deadline.IsOver)
        {
            return new ReconcileResult(
                ReconcileOutcome.TimedOut, Message: $"took longer than {options.Timeout}", Error: exception);
        }
        catch (ConflictException exception)
        {
            return ReconcileResult.Conflict(exception.Message);
        }
        catch (Exception exception)
        {
            return ReconcileResult.Failed(exception.Message, exception);
        }
    }

    private void Settle(WorkItem<ObjectKey> item, ReconcileResult result)
    {
        var key = item.Key;
        switch (result.Outcome)
        {
            case ReconcileOutcome.Success or ReconcileOutcome.Waiting:
                _failures.TryRemove(key, out _);
                if (result.RequeueAfter is { } wanted)
                {
                    queue.Add(key, QueuePriority.Normal, result.Outcome == ReconcileOutcome.Success ? Jittered(wanted) : wanted);
                }

                break;
            case ReconcileOutcome.Stalled:
                _failures.TryRemove(key, out _);
                LogStalled(Name, key, result.Message);
                break;
            default:
                var failures = _failures.AddOrUpdate(key, 1, (_, before) => before + 1);
                var pause = result.RequeueAfter
                    ?? TooManyRequestsException.PauseAfter(result.Error, options.Backoff.PauseAfter(failures));
                queue.Add(key, item.Priority, pause);
                LogRetry(result, key, failures, pause);
                break;
        }
    }

    /// <summary>
    /// Long intervals get up to a tenth on top, so that what started together does not stay together. Who waits for somebody else was told a
    /// time, and comes then.
    /// </summary>
    private TimeSpan Jittered(TimeSpan wanted) =>
        wanted < JitteredFrom ? wanted : wanted * (1 + (options.Backoff.Random.NextDouble() / 10));

    private void LogRetry(ReconcileResult result, ObjectKey key, int failures, TimeSpan pause)
    {
        if (result.Outcome == ReconcileOutcome.Conflict)
        {
            LogConflict(Name, key, pause);
        }
        else
        {
            LogFailed(result.Error, Name, key, result.Message, failures, pause);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reconciled {Kind} {Key}: {Outcome} after {Elapsed}.")]
    private partial void LogReconciled(string kind, ObjectKey key, ReconcileOutcome outcome, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Kind} {Key} changed meanwhile; trying again in {Pause}.")]
    private partial void LogConflict(string kind, ObjectKey key, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Key} waits for a change: {Reason}.")]
    private partial void LogStalled(string kind, ObjectKey key, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Reconciling {Kind} {Key} failed: {Reason}. Failure {Failures} in a row; trying again in {Pause}.")]
    private partial void LogFailed(
        Exception? exception, string kind, ObjectKey key, string reason, int failures, TimeSpan pause);
}
