namespace Idp.Kubernetes.Client;

/// <summary>Asks before every request that may change something.</summary>
internal sealed class FencedHandler(Action throwIfClosed) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get)
        {
            throwIfClosed();
            request.Content = request.Content is { } body ? new FencedContent(body, throwIfClosed) : null;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
