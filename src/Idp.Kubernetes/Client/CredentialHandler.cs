using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Idp.Kubernetes.Client;

/// <summary>Puts the credential of now to every request, and asks for a new one when the server refuses it.</summary>
internal sealed class CredentialHandler(ICredentialSource source, TimeProvider clock) : DelegatingHandler
{
    private volatile X509Certificate2? _certificate;

    /// <summary>What the next connection shows.</summary>
    public X509Certificate2? Certificate => _certificate;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await SignAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !source.Forget())
        {
            return response;
        }

        response.Dispose();
        await SignAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await source.GetAsync(clock, cancellationToken);
        _certificate = credential.Certificate;
        if (credential.Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential.Token);
        }
    }
}
