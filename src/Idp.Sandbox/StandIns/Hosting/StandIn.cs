using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>Runs one stand-in: looks at each object that changed, once at a time, and again after a failure.</summary>
internal sealed partial class StandIn : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private readonly IWatchful _watchful;
    private readonly WorldView _view;
    private readonly Faults _faults;
    private readonly ILogger _logger;
    private readonly WorkQueue<Subject> _queue;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public StandIn(IWatchful watchful, WorldView view, StandInOptions settings, ILogger logger)
    {
        (_watchful, _view, _faults, _logger) = (watchful, view, settings.Faults, logger);
        _queue = new WorkQueue<Subject>(settings.Clock);
    }

    /// <summary>Begins to watch and to work; completes when it knows the world.</summary>
    /// <param name="workers">How many objects it looks at at the same time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task StartAsync(int workers, CancellationToken cancellationToken)
    {
        _view.Changed += OnChanged;
        _faults.Changed += LookAtAll;
        await Task.WhenAll(_watchful.Kinds.Select(kind => _view.EnsureAsync(kind, cancellationToken)));
        LookAtAll();
        _work = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(_stop.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        _view.Changed -= OnChanged;
        _faults.Changed -= LookAtAll;
        _queue.ShutDown();
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _queue.Dispose();
        _stop.Dispose();
    }

    /// <summary>Lets it look at these as soon as it can.</summary>
    public void LookAt(IEnumerable<Subject> subjects)
    {
        foreach (var subject in subjects)
        {
            _queue.Add(subject);
        }
    }

    private void OnChanged(KubeObject changed) => LookAt(_watchful.ConcernedBy(changed));

    private void LookAtAll() => LookAt(_watchful.All());

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await _queue.TakeAsync(cancellationToken) is { } item)
        {
            using (item)
            {
                await LookAsync(item.Key, cancellationToken);
            }
        }
    }

    private async Task LookAsync(Subject subject, CancellationToken cancellationToken)
    {
        if (_view.Find(subject.Kind, subject.Key) is not { } live || _faults.IsHeld(subject.Kind, subject.Key))
        {
            return;
        }

        try
        {
            if (await _watchful.LookAsync(live, cancellationToken) is { } later)
            {
                _queue.Add(subject, delay: later);
            }
        }
        catch (KubeException exception)
        {
            // The world moved, or the namespace is going: the next event or a second brings the next look.
            LogLookAgain(_watchful.Name, subject.Kind, subject.Key, exception.Message);
            _queue.Add(subject, delay: AfterFailure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{StandIn} looks at {Kind} {Key} again: {Reason}")]
    private partial void LogLookAgain(string standIn, ResourceKind kind, ObjectKey key, string reason);
}
