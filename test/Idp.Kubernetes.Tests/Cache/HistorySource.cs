using System.Globalization;
using System.Runtime.CompilerServices;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>Shows a server's history to one watcher, one answer at a time and only when told to.</summary>
/// <remarks>Everything goes on on the caller's thread, so that a history always runs the same way.</remarks>
internal sealed class HistorySource(ServerHistory history) : IWatchSource
{
    private const int PageSize = 2;
    private readonly List<WatchEvent> _sent = [];
    private (string? Token, TaskCompletionSource<KubeList> Answer)? _list;
    private TaskCompletionSource<WatchEvent?>? _next;
    private int _position;

    public bool IsListing => _list is not null;

    public bool IsWatching => _next is not null;

    /// <summary>Whether the watch has shown everything.</summary>
    public bool IsUpToDate => IsWatching && _position >= history.Oldest && history.EventsAfter(_position).Count == 0;

    public async Task<KubeList> ListPageAsync(string? continueToken, bool anyVersion, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<KubeList>();
        _list = (continueToken, answer);
        await using var registration = cancellationToken.UnsafeRegister(_ => Give(answer, cancelled: cancellationToken), null);
        return await answer.Task;
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        string resourceVersion, TimeSpan serverTimeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _position = int.Parse(resourceVersion, CultureInfo.InvariantCulture);
        _sent.Clear();
        while (true)
        {
            var next = new TaskCompletionSource<WatchEvent?>();
            _next = next;
            await using var registration = cancellationToken.UnsafeRegister(_ => Give(next, cancelled: cancellationToken), null);
            if (await next.Task is not { } watched)
            {
                yield break;
            }

            yield return watched;
        }
    }

    /// <summary>Answers with the next page or event, if one was asked for and there is one.</summary>
    public void Answer(int stale = 0)
    {
        if (_list is { } list)
        {
            AnswerPage(list.Token ?? $"{Math.Max(history.Oldest, history.Version - stale)}:0");
        }
        else if (IsWatching && _position < history.Oldest)
        {
            Fail(Objects.Error(410));
        }
        else if (IsWatching && history.EventsAfter(_position) is [var watched, ..])
        {
            Send(watched);
        }
    }

    public void Bookmark()
    {
        if (IsUpToDate)
        {
            Send(Objects.Bookmark(history.Version));
        }
    }

    public void Repeat(int back)
    {
        if (IsWatching && _sent.Count > back)
        {
            Give(_next!, _sent[^(back + 1)]);
        }
    }

    public void End()
    {
        if (IsWatching)
        {
            Give(_next!, null);
        }
    }

    public void Fail(Exception error)
    {
        if (_list is { } list)
        {
            _list = null;
            list.Answer.TrySetException(error);
        }
        else if (_next is { } next)
        {
            _next = null;
            next.TrySetException(error);
        }
    }

    private void AnswerPage(string token)
    {
        var place = token.Split(':').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        if (place[0] < history.Oldest)
        {
            Fail(Objects.Error(410));
            return;
        }

        var all = history.ListAt(place[0]);
        var end = place[1] + PageSize;
        Give(_list!.Value.Answer, new KubeList([.. all.Skip(place[1]).Take(PageSize)], $"{place[0]}", end < all.Count ? $"{place[0]}:{end}" : null));
    }

    private void Send(WatchEvent watched)
    {
        _position = int.Parse(watched.ResourceVersion, CultureInfo.InvariantCulture);
        _sent.Add(watched);
        Give(_next!, watched);
    }

    // The question is forgotten first: the answer makes the watcher ask the next one, right here.
    private void Give<T>(TaskCompletionSource<T> question, T? answer = default, CancellationToken cancelled = default)
    {
        (_list, _next) = (null, null);
        if (cancelled.IsCancellationRequested)
        {
            question.TrySetCanceled(cancelled);
        }
        else
        {
            question.TrySetResult(answer!);
        }
    }
}
