namespace Idp.Kubernetes.Leases;

/// <summary>The time in which we lead; dispose it to let another lead.</summary>
public sealed class Leadership : IAsyncDisposable
{
    private readonly LeaderElector _elector;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    internal Leadership(LeaderElector elector, long acquiredAt)
    {
        _elector = elector;
        LeaderToken = _lost.Token;
        _renewing = RenewAsync(acquiredAt);
    }

    /// <summary>Cancelled when we no longer lead: to be linked into everything that only a leader may do.</summary>
    public CancellationToken LeaderToken { get; }

    /// <summary>Stops renewing, cancels <see cref="LeaderToken"/>, and gives the lease up if it is still ours.</summary>
    /// <remarks>Stop the work first: another may lead as soon as this returns.</remarks>
    public async ValueTask DisposeAsync()
    {
        var lost = _lost.IsCancellationRequested;
        await _stop.CancelAsync();
        await _renewing;
        _elector.LeadNoMore();
        if (!lost)
        {
            await _elector.ReleaseAsync();
        }

        _lost.Dispose();
        _stop.Dispose();
    }

    private async Task RenewAsync(long acquiredAt)
    {
        try
        {
            await _elector.RenewAsync(acquiredAt, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Given up.
        }
        finally
        {
            // Told at once, on this thread: on a busy machine the thread pool would take its time.
            _lost.Cancel();
        }
    }
}
