namespace Idp.GitHub.Tests;

/// <summary>Holds requests back whose path holds a text, until they are let go.</summary>
internal sealed class HeldBack(string path) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first of them is there.</summary>
    public Task Arrived => _arrived.Task;

    public void LetGo() => _released.SetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.Contains(path, StringComparison.Ordinal))
        {
            _arrived.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
