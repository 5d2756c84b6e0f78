namespace Idp.GitHub;

/// <summary>Runs what blocks in native code, on few threads of its own: the pool's are for what does not block.</summary>
internal static class GitThread
{
    /// <summary>How many there are at the most; every one has an object store.</summary>
    public const int AtOnce = 4;

    private static readonly SemaphoreSlim Free = new(AtOnce, AtOnce);

    /// <summary>Waits on such a thread for what goes on elsewhere: native code cannot await.</summary>
    public static T WaitFor<T>(Task<T> task) => task.GetAwaiter().GetResult();

    /// <summary>Runs it when a thread is free.</summary>
    /// <param name="work">Ends by itself soon after the token asks for it.</param>
    /// <param name="cancellationToken">Ends the wait for a thread.</param>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await Free.WaitAsync(cancellationToken);
        try
        {
            const TaskCreationOptions options = TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach;
            return await Task.Factory.StartNew(work, cancellationToken, options, TaskScheduler.Default);
        }
        finally
        {
            Free.Release();
        }
    }
}
