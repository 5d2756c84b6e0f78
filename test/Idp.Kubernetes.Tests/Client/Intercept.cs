namespace Idp.Kubernetes.Tests.Client;

/// <summary>Stands between a client and a real server, and may answer, hold up or break a request itself.</summary>
public sealed class Intercept(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> script) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await script(request, cancellationToken) ?? await base.SendAsync(request, cancellationToken);
}
