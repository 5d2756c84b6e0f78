using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;

namespace Idp.Kubernetes.Client;

/// <summary>Puts the credentials of now to every request, and makes them anew when the server refuses them.</summary>
/// <remarks>The package puts them to requests of its own alone, and lets a refused token stay until its time is over.</remarks>
/// <param name="create">Makes credentials that remember nothing; null for none.</param>
internal sealed class CredentialHandler(Func<ServiceClientCredentials?> create) : DelegatingHandler
{
    private ServiceClientCredentials? _credentials = create();
    private volatile AuthenticationHeaderValue? _last;
    private volatile X509Certificate2? _certificate;

    /// <summary>What the next connection shows; null for what is in the configuration.</summary>
    public X509Certificate2? Certificate => _certificate;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _credentials) is not { } credentials)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var shown = await SignAsync(credentials, request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        try
        {
            // Of many requests that were refused at once, the first makes new ones.
            Interlocked.CompareExchange(ref _credentials, create(), credentials);
            if ((await SignAsync(_credentials!, request, cancellationToken)).Equals(shown))
            {
                return response;
            }
        }
        catch
        {
            response.Dispose();
            throw;
        }

        response.Dispose();
        return await base.SendAsync(request, cancellationToken);
    }

    private async ValueTask<(AuthenticationHeaderValue? Header, X509Certificate2? Certificate)> SignAsync(
        ServiceClientCredentials credentials, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
            _last = request.Headers.Authorization is { Parameter: "" } ? _last : request.Headers.Authorization;
            _certificate = (credentials as ExecCredentials)?.Certificate;
        }
        catch (Exception exception) when (exception is AggregateException or IOException or UnauthorizedAccessException)
        {
            // In the blink in which the file is being replaced, the token of before is still good.
            _ = _last ?? throw new KubeConfigException("The token cannot be read: " + (exception.InnerException ?? exception).Message, exception);
        }

        return (request.Headers.Authorization = _last, _certificate);
    }
}
