namespace Idp.Kubernetes.Client;

/// <summary>A token that is cancelled by the caller or when the time is over, and knows which.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;

    public Deadline(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        _timer = new CancellationTokenSource(timeout, clock);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    public CancellationToken Token => _both.Token;

    public bool IsOver => _timer.IsCancellationRequested;

    /// <summary>Begins the time anew.</summary>
    public void Restart(TimeSpan timeout) => _timer.CancelAfter(timeout);

    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
