using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A hook of a proxy that holds some requests until it is opened.</summary>
internal sealed class Checkpoint(Func<ProxiedRequest, bool> holds)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first of them has come.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(Watching.Patience);

    /// <summary>Lets them and all that follow go on.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>The hook.</summary>
    public async ValueTask PassAsync(ProxiedRequest request)
    {
        if (holds(request))
        {
            _reached.TrySetResult();
            await _opened.Task;
        }
    }
}
