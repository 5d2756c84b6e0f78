using System.Collections.Concurrent;

namespace Idp.GitHub;

/// <summary>Runs what blocks in native code, on few threads of its own: the pool's are for what does not block.</summary>
internal static class GitThread
{
    /// <summary>How many there are at the most; every one has an object store.</summary>
    public const int AtOnce = 4;

    // To hide the scheduler: what is awaited meanwhile goes on elsewhere, for the thread itself waits for it.
    private const TaskCreationOptions Options = TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler;

    private static readonly Threads Own = new();

    /// <summary>Waits on such a thread for what goes on elsewhere: native code cannot await.</summary>
    public static T WaitFor<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <summary>Runs it when a thread is free.</summary>
    /// <param name="work">Ends by itself soon after the token asks for it.</param>
    /// <param name="cancellationToken">Ends the wait for a thread.</param>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, Options, Own);

    /// <summary>Makes a thread for work that finds none free, and keeps it: a new one for each push was a tenth of what the push cost.</summary>
    private sealed class Threads : TaskScheduler
    {
        private readonly BlockingCollection<Task> _tasks = [];
        private int _made;
        private int _unfinished;

        /// <inheritdoc/>
        public override int MaximumConcurrencyLevel => AtOnce;

        /// <inheritdoc/>
        protected override void QueueTask(Task task)
        {
            if (Interlocked.Increment(ref _unfinished) > Volatile.Read(ref _made) && Interlocked.Increment(ref _made) <= AtOnce)
            {
                new Thread(Work) { IsBackground = true, Name = "git" }.UnsafeStart();
            }

            _tasks.Add(task);
        }

        /// <inheritdoc/>
        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        /// <inheritdoc/>
        protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

        private void Work()
        {
            foreach (var task in _tasks.GetConsumingEnumerable())
            {
                TryExecuteTask(task);
                Interlocked.Decrement(ref _unfinished);
            }
        }
    }
}
