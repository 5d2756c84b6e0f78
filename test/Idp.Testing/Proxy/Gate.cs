namespace Idp.Testing.Proxy;

/// <summary>Open or shut; whoever comes while it is shut waits.</summary>
internal sealed class Gate
{
    private TaskCompletionSource _opened = Opened();

    public bool IsOpen => _opened.Task.IsCompleted;

    public void Open() => _opened.TrySetResult();

    public void Shut()
    {
        if (IsOpen)
        {
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async ValueTask PassAsync(CancellationToken cancellationToken)
    {
        while (!IsOpen)
        {
            await _opened.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
