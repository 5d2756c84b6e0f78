namespace Idp.Kubernetes.Tests;

/// <summary>Waits for what other processes are about to do, and for no longer than that takes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        using var timer = new PeriodicTimer(Step);
        using var patience = new CancellationTokenSource(ManualTime.Patience);
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"After {ManualTime.Patience} still not: {what}.");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Asks until it is so.</summary>
    public static Task TrueAsync(Func<Task<bool>> ask, string what) =>
        GetAsync<object>(async () => await ask() ? what : null, what);

    /// <summary>Asks until it is so.</summary>
    public static Task TrueAsync(Func<bool> ask, string what) => TrueAsync(() => Task.FromResult(ask()), what);
}
