namespace Idp.GitHub.Tests;

/// <summary>Lets something happen right after the first request whose path holds a text, before its answer is seen.</summary>
internal sealed class AfterOperation(string path, Func<Task> happening) : DelegatingHandler(new SocketsHttpHandler())
{
    private bool _happened;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!_happened && request.RequestUri!.AbsolutePath.Contains(path, StringComparison.Ordinal))
        {
            _happened = true;
            await happening();
        }

        return response;
    }
}
