using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Cache;

/// <summary>Keeps a store true to the server: lists, watches, and begins again where it must.</summary>
/// <remarks>
/// <code>
/// Empty ---- page ---> Listing ---- last page ---> Watching ---- end of stream, silence, error ---> Watching (resumes)
///   ^                     |                           |
///   +------ 410 Gone -----+---------------------------+
/// any ---- kind not served ---> NotServed ---- 30 s ---> Empty
/// any ---- other error ---> the same, after a pause with back-off
/// </code>
/// <para>Guarantees: never gives up; no change of an object is missed for longer than one server timeout, since a
/// connection that outlives it by five seconds is taken for dead; errors are told apart by type.</para>
/// https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
/// </remarks>
internal sealed partial class Watcher(
    string name, IWatchSource source, Store store, TimeProvider clock, ILogger logger)
{
    /// <summary>How long the server is asked to keep a watch open; jittered, so that watches do not end together.</summary>
    public static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(290);

    /// <summary>How much longer a connection may live before it is taken for dead.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>How often a kind that is not served is asked for.</summary>
    public static readonly TimeSpan NotServedPause = TimeSpan.FromSeconds(30);

    /// <summary>A loop that has shown no sign of life for this long is stuck.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(8);

    /// <summary>After so many failures in a row the place to resume from is itself under suspicion.</summary>
    private const int RelistAfter = 8;

    private static readonly TimeSpan PageTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    /// <summary>Where the pauses after errors come from.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    public WatcherState State { get; private set; } = new WatcherState.Empty();

    public WatchCounters Counters { get; } = new();

    /// <summary>Ends when the first list is in the store, or the kind is known not to be served.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Whether the loop shows signs of life.</summary>
    public bool IsAlive => Counters.Alive == 0 || clock.GetElapsedTime(Counters.Alive) < StuckAfter;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Counters.Alive = clock.GetTimestamp();
            try
            {
                State = await StepAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                await RecoverAsync(exception, cancellationToken);
            }
        }
    }

    private Task<WatcherState> StepAsync(CancellationToken cancellationToken) => State switch
    {
        WatcherState.Listing listing => ListAsync(listing.Objects, listing.Continue, cancellationToken),
        WatcherState.Watching watching => WatchAsync(watching, cancellationToken),
        _ => ListAsync([], null, cancellationToken),
    };

    // Out of the server's memory, which costs it a quarter of what a list out of etcd does. A list after the first must
    // not show less than what was known already.
    private bool IsFirstList => !_synced.Task.IsCompleted;

    private async Task<WatcherState> ListAsync(List<KubeObject> objects, string? continueToken, CancellationToken cancellationToken)
    {
        if (continueToken is null)
        {
            store.BeginList();
        }

        using var deadline = new Deadline(PageTimeout, clock, cancellationToken);
        var page = await source.ListPageAsync(continueToken, IsFirstList, deadline.Token);
        objects.AddRange(page.Items);
        if (!string.IsNullOrEmpty(page.Continue))
        {
            return new WatcherState.Listing(objects, page.Continue);
        }

        Counters.Lists++;
        store.Replace(objects, page.ResourceVersion);
        _synced.TrySetResult();
        LogListed(name, objects.Count);
        return new WatcherState.Watching(page.ResourceVersion);
    }

    private async Task<WatcherState> WatchAsync(WatcherState.Watching from, CancellationToken cancellationToken)
    {
        Counters.Watches++;
        var serverTimeout = ServerTimeout * (1 - (Backoff.Random.NextDouble() / 10));
        using var deadline = new Deadline(serverTimeout + Margin, clock, cancellationToken);
        var began = clock.GetTimestamp();
        var last = from.ResourceVersion;
        await foreach (var watched in source.WatchAsync(from.ResourceVersion, serverTimeout, deadline.Token))
        {
            if (ResourceVersions.IsOlder(watched.ResourceVersion, last))
            {
                return await RelistAsync(cancellationToken);
            }

            last = watched.ResourceVersion;
            State = new WatcherState.Watching(last);
            _failures = 0;
            Counters.Events++;
            Counters.Alive = clock.GetTimestamp();
            store.Apply(watched);
        }

        await PauseIfBriefAsync(began, cancellationToken);
        return State;
    }

    /// <summary>Time ran backwards at the server, which was restored from a copy: nothing that is known counts.</summary>
    private async Task<WatcherState> RelistAsync(CancellationToken cancellationToken)
    {
        LogRestored(name);
        await PauseAsync(Backoff.PauseAfter(++_failures), cancellationToken);
        return new WatcherState.Empty();
    }

    /// <summary>A stream that ends at once, every time, must not make a loop without a pause.</summary>
    private async Task PauseIfBriefAsync(long began, CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(began) >= Brief)
        {
            _failures = 0;
        }
        else
        {
            await PauseAsync(Backoff.PauseAfter(++_failures), cancellationToken);
        }
    }

    private async Task RecoverAsync(Exception exception, CancellationToken cancellationToken)
    {
        Counters.Failures++;
        switch (exception)
        {
            case KindNotFoundException:
                LogNotServed(name, NotServedPause);
                State = new WatcherState.NotServed();
                store.Clear();
                _synced.TrySetResult();
                _failures = 0;
                await PauseAsync(NotServedPause * (1 - (Backoff.Random.NextDouble() / 10)), cancellationToken);
                return;
            case GoneException when _failures++ == 0:
                LogGone(name);
                State = new WatcherState.Empty();
                return;
            case GoneException:
                State = new WatcherState.Empty();
                break;
            case OperationCanceledException when _failures++ == 0:
                LogSilent(name, State);
                return;
            default:
                State = ++_failures >= RelistAfter ? new WatcherState.Empty() : State;
                break;
        }

        var pause = TooManyRequestsException.PauseAfter(exception, Backoff.PauseAfter(_failures));
        LogFailed(exception, name, State, pause);
        await PauseAsync(pause, cancellationToken);
    }

    // A pause that is cancelled just ends: the loop sees the token by itself.
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Listed {Count} objects of {Kind}.")]
    private partial void LogListed(string kind, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server does not serve {Kind}; asking again in {Pause}.")]
    private partial void LogNotServed(string kind, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The history of {Kind} is gone; listing again.")]
    private partial void LogGone(string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server's history of {Kind} went backwards; listing again.")]
    private partial void LogRestored(string kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "The connection for {Kind} went silent in state {State}; replacing it.")]
    private partial void LogSilent(string kind, WatcherState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading {Kind} failed in state {State}; trying again in {Pause}.")]
    private partial void LogFailed(Exception exception, string kind, WatcherState state, TimeSpan pause);
}
