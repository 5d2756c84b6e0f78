namespace Idp.Testing;

/// <summary>The context in which code runs that goes by a <see cref="ManualTime"/>: it knows when all of that code waits.</summary>
/// <remarks>
/// <para>Every continuation of that code comes by here, is counted, and runs on the thread pool: as parallel as in production.</para>
/// <para>It does not see what leaves the context (a real server, <c>Task.Run</c>, <c>CancelAsync</c>): a test waits for that by its condition.</para>
/// </remarks>
internal sealed class Motion : SynchronizationContext
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _moving;

    /// <summary>Whether anything was ever run here.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Runs code up to its first wait on this thread, and what comes after that here.</summary>
    public Task Run(Func<Task> work)
    {
        HasBegun = true;
        return In(this, work);
    }

    /// <summary>Runs something in no context at all, as timers do.</summary>
    public static void Outside(Action action) => In(null, () =>
    {
        action();
        return true;
    });

    /// <summary>Waits until everything that was run here waits itself.</summary>
    public Task StillAsync()
    {
        lock (_lock)
        {
            if (_moving == 0)
            {
                return Task.CompletedTask;
            }

            var still = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(still);
            return still.Task;
        }
    }

    /// <summary>Runs something on another thread, outside, and counts it.</summary>
    public void Begin(Action action)
    {
        lock (_lock)
        {
            _moving++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => Move(action), null);
    }

    public override void Post(SendOrPostCallback d, object? state) => Begin(() => Send(d, state));

    public override void Send(SendOrPostCallback d, object? state) => In(this, () =>
    {
        d(state);
        return true;
    });

    public override SynchronizationContext CreateCopy() => this;

    private static T In<T>(SynchronizationContext? context, Func<T> work)
    {
        var before = Current;
        SetSynchronizationContext(context);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Move(Action action)
    {
        try
        {
            action();
        }
        finally
        {
            List<TaskCompletionSource> still = [];
            lock (_lock)
            {
                if (--_moving == 0)
                {
                    still.AddRange(_waiting);
                    _waiting.Clear();
                }
            }

            still.ForEach(waiter => waiter.SetResult());
        }
    }
}
