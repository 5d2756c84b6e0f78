using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>A watcher and its store beside the history of the server that they follow.</summary>
internal sealed class StoreBesideServer : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ServerHistory _history = new();
    private readonly HistorySource _source;
    private readonly Store _store = new(LabelSelector.Parse(ServerHistory.Selector));
    private readonly ToldObjects[] _subscribers;
    private readonly List<OwnWrite> _unobserved = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public StoreBesideServer(bool mayGoBack)
    {
        _subscribers = [new(mayGoBack), new(mayGoBack)];
        _source = new HistorySource(_history);
        Array.ForEach(_subscribers, subscriber => _store.Subscribe(subscriber.Hear));
        var watcher = new Watcher("Widget", _source, _store, _time, NullLogger.Instance)
        {
            Backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)) { Random = new Random(1) },
        };
        _running = watcher.RunAsync(_stop.Token);
    }

    public void Step(WatchStep step)
    {
        switch (step)
        {
            case WatchStep.Write write:
                Write(_history.Write(write.Name, relabel: false), write.Own);
                break;
            case WatchStep.Relabel relabel:
                Write(_history.Write(relabel.Name, relabel: true), relabel.Own);
                break;
            case WatchStep.Delete delete:
                Delete(_history.Delete(delete.Name), delete.Own);
                break;
            case WatchStep.Observe observe when _unobserved.Count > 0:
                ObserveOne(observe.Nth % _unobserved.Count);
                break;
            case WatchStep.Compact:
                _history.Compact();
                break;
            case WatchStep.Wait wait:
                _time.Advance(TimeSpan.FromSeconds(wait.Seconds));
                break;
            default:
                Transport(step);
                break;
        }

        _subscribers.SelectMany(subscriber => subscriber.Complaints).Should().BeEmpty();
    }

    /// <summary>Nothing more happens, and everything that was lost on the way is made good.</summary>
    public void ComeToTheEnd()
    {
        Settle();
        while (_unobserved.Count > 0)
        {
            ObserveOne(0);
            ExpectTruth();
        }

        Settle();
        ExpectTheEnd();
    }

    public void Dispose()
    {
        _stop.Cancel();

        // A pause that is cancelled goes on elsewhere.
        _running.Wait(ManualTime.Patience);
        _stop.Dispose();
    }

    private void Transport(WatchStep step)
    {
        switch (step)
        {
            case WatchStep.Answer:
                _source.Answer();
                break;
            case WatchStep.AnswerStale stale when _source.IsListing:
                _source.Answer(stale.By);
                break;
            case WatchStep.Fail fail:
                _source.Fail(Error(fail.How));
                break;
            case WatchStep.End:
                _source.End();
                break;
            case WatchStep.Bookmark:
                _source.Bookmark();
                break;
            case WatchStep.Repeat repeat:
                _source.Repeat(repeat.Back);
                break;
        }
    }

    /// <summary>The watcher ends when it is asked to, and leaves nothing behind.</summary>
    private void ExpectTheEnd()
    {
        _stop.Cancel();
        _running.Wait(ManualTime.Patience).Should().BeTrue("it was asked to end");
        _time.TimerCount.Should().Be(0, "every deadline is disposed");
    }

    private static KubeException Error(WatchStep.Failure how) => how switch
    {
        WatchStep.Failure.Gone => Objects.Error(410),
        WatchStep.Failure.TooMany => Objects.Error(429, TimeSpan.FromSeconds(20)),
        WatchStep.Failure.NotServed => Objects.Error(404),
        _ => Objects.Error(500),
    };

    private void Write(KubeObject written, bool own)
    {
        if (own)
        {
            _unobserved.Add(new OwnWrite(written.Metadata.Uid, IsEnd: false, () => _store.Observe(written)));
        }
    }

    private void Delete(KubeObject? deleted, bool own)
    {
        if (own && deleted is not null)
        {
            _unobserved.Add(new OwnWrite(deleted.Metadata.Uid, IsEnd: true, () => _store.Forget(deleted.Key, deleted.Metadata.Uid)));
        }
    }

    /// <summary>Own writes are told in any order; only the end of an object comes after all that was written to it.</summary>
    private void ObserveOne(int index)
    {
        var told = _unobserved[index];
        foreach (var before in _unobserved.Take(index).Where(write => told.IsEnd && write.Uid == told.Uid).Append(told).ToList())
        {
            _unobserved.Remove(before);
            before.Tell();
        }
    }

    private void Settle()
    {
        for (var patience = 500; !_source.IsUpToDate; patience--)
        {
            patience.Should().BePositive("the watcher comes to rest");
            if (_source.IsListing || _source.IsWatching)
            {
                _source.Answer();
            }
            else
            {
                _time.Advance(TimeSpan.FromSeconds(10));
            }
        }

        ExpectTruth();
    }

    private void ExpectTruth()
    {
        _subscribers.SelectMany(subscriber => subscriber.Complaints).Should().BeEmpty();
        var truth = _history.ListAt(_history.Version).Select(ToldObjects.Print).ToList();
        _store.All().Select(ToldObjects.Print).Order(StringComparer.Ordinal).Should().Equal(truth, "the store is as the server");
        foreach (var subscriber in _subscribers)
        {
            subscriber.All.Should().Equal(truth, "what was told adds up to the server");
        }
    }

    private sealed record OwnWrite(string Uid, bool IsEnd, Action Tell);
}
