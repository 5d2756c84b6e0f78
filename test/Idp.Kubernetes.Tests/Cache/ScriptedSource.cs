using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>A server whose every answer the test gives, one after the other.</summary>
/// <remarks>Who asks goes on where it asked, never by way of the thread pool: a manual clock must not lose sight of it.</remarks>
internal sealed class ScriptedSource : IWatchSource
{
    private readonly Channel<ListCall> _lists = Channel.CreateUnbounded<ListCall>();
    private readonly Channel<WatchCall> _watches = Channel.CreateUnbounded<WatchCall>();
    private int _open;

    /// <summary>How many watches are open.</summary>
    public int Open => Volatile.Read(ref _open);

    public async Task<KubeList> ListPageAsync(string? continueToken, bool anyVersion, CancellationToken cancellationToken)
    {
        var call = new ListCall(continueToken, anyVersion);
        _lists.Writer.TryWrite(call);
        return await call.Answering.Task.WaitAsync(cancellationToken);
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        string resourceVersion, TimeSpan serverTimeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        try
        {
            var call = new WatchCall(resourceVersion, serverTimeout);
            _watches.Writer.TryWrite(call);
            while (await call.Events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (call.Events.Reader.TryRead(out var watched))
                {
                    yield return watched;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>The next request for a list.</summary>
    public Task<ListCall> ListedAsync() => _lists.Reader.ReadAsync().AsTask().WaitAsync(ManualTime.Patience);

    /// <summary>The next request for a watch.</summary>
    public Task<WatchCall> WatchedAsync() => _watches.Reader.ReadAsync().AsTask().WaitAsync(ManualTime.Patience);

    /// <summary>Whether somebody asked for a list and was not answered by the test.</summary>
    public bool HasListCall => _lists.Reader.Count > 0;

    internal sealed record ListCall(string? Continue, bool AnyVersion)
    {
        public TaskCompletionSource<KubeList> Answering { get; } = new();

        public void Answer(int version, params KubeObject[] items) => AnswerPage(version, null, items);

        public void AnswerPage(int version, string? more, params KubeObject[] items) =>
            Answering.SetResult(new KubeList(items, $"{version}", more));

        public void Fail(Exception error) => Answering.SetException(error);
    }

    internal sealed record WatchCall(string ResourceVersion, TimeSpan ServerTimeout)
    {
        public Channel<WatchEvent> Events { get; } = Channel.CreateUnbounded<WatchEvent>();

        public void Send(params WatchEvent[] events) => Array.ForEach(events, watched => Events.Writer.TryWrite(watched));

        /// <summary>The server ends the watch, as it does when its time is over.</summary>
        public void End() => Events.Writer.Complete();

        public void Fail(Exception error) => Events.Writer.Complete(error);
    }
}
