using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>A queue and its model, which are told the same, and must show the same.</summary>
internal sealed class QueueBesideModel : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly QueueModel _model = new();
    private readonly WorkQueue<int> _queue;
    private readonly List<Taker> _takers = [];
    private readonly List<WorkItem<int>> _held = [];
    private bool _shutDown;

    public QueueBesideModel() => _queue = new WorkQueue<int>(_time);

    public async Task StepAsync(QueueStep step)
    {
        switch (step)
        {
            case QueueStep.Add add:
                _queue.Add(add.Key, add.Priority, TimeSpan.FromSeconds(add.Delay));
                _model.Add(add.Key, add.Priority, add.Delay);
                break;
            case QueueStep.Take:
                _takers.Add(new Taker(_queue));
                break;
            case QueueStep.Done done when _held.Count > 0:
                GiveBack(done.Nth % _held.Count);
                break;
            case QueueStep.Cancel cancel when _takers.Count > 0:
                await CancelAsync(cancel.Nth % _takers.Count);
                break;
            case QueueStep.Advance advance:
                await AdvanceAsync(_model.Now + advance.Seconds);
                break;
            case QueueStep.ShutDown:
                _queue.ShutDown();
                _model.ShutDown();
                _shutDown = true;
                break;
        }

        await SettleAsync();
        (_queue.ReadyCount, _queue.WaitingCount, _queue.ActiveCount).Should().Be(
            (_model.Ready, _model.Waiting, _model.Active), "ready, waiting and active are as in the model");
    }

    public void Dispose()
    {
        _takers.ForEach(taker => taker.Dispose());
        _queue.Dispose();
    }

    private void GiveBack(int index)
    {
        var item = _held[index];
        _held.RemoveAt(index);
        item.Dispose();
        item.Dispose();
        _model.Done(item.Key);
    }

    private async Task CancelAsync(int index)
    {
        var taker = _takers[index];
        _takers.RemoveAt(index);
        using (taker)
        {
            await taker.GiveUpAsync();
        }
    }

    /// <summary>The queue's clock jumps; the model walks from one due key to the next, and each is handed out on its way.</summary>
    private async Task AdvanceAsync(int target)
    {
        _time.Advance(TimeSpan.FromSeconds(target - _model.Now));
        while (_model.NextDue(target) is { } moment)
        {
            _model.MoveTo(moment);
            await SettleAsync();
        }

        _model.MoveTo(target);
    }

    /// <summary>Who waited longest gets what comes next; after a shutdown, nothing.</summary>
    private async Task SettleAsync()
    {
        while (_takers.Count > 0 && (_shutDown || _model.Next.Count > 0))
        {
            if (!_shutDown)
            {
                _queue.ActiveCount.Should().BeGreaterThan(_held.Count, "somebody waits, and something is due");
            }

            using var first = _takers[0];
            _takers.RemoveAt(0);
            var item = await first.Task.WaitAsync(ManualTime.Patience);
            if (_shutDown)
            {
                item.Should().BeNull("the queue is shut down");
            }
            else
            {
                _model.Next.Should().Contain(item!.Key, "that is what comes next");
                _model.Hold(item.Key);
                _held.Add(item);
            }
        }
    }

    private sealed class Taker : IDisposable
    {
        private readonly CancellationTokenSource _patience = new();

        public Taker(WorkQueue<int> queue) => Task = queue.TakeAsync(_patience.Token);

        public Task<WorkItem<int>?> Task { get; }

        public async Task GiveUpAsync()
        {
            await _patience.CancelAsync();
            await FluentActions.Awaiting(() => Task.WaitAsync(ManualTime.Patience)).Should().ThrowAsync<OperationCanceledException>("it was given nothing");
        }

        public void Dispose() => _patience.Dispose();
    }
}
