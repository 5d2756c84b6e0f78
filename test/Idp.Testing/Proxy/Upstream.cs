using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Idp.Testing.Proxy;

/// <summary>The server behind the proxy: requests go there as they came.</summary>
internal sealed class Upstream : IDisposable
{
    // Those that concern one connection, not the request: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Transfer-Encoding", "Upgrade",
    };

    private readonly HttpMessageInvoker _http;
    private readonly Uri _address;

    public Upstream(FaultProxyOptions options)
    {
        _address = options.Upstream;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            EnableMultipleHttp2Connections = true,

            // Over HTTP/1.1 it would read a watch that nobody wants any more for two seconds, to keep the connection.
            MaxResponseDrainSize = 0,
        };
        if (options.Authorities is { } authorities)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends a request on; ends as soon as the answer begins.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpContext context, string target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_address, target))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentLength = context.Request.ContentLength;
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => Passes(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return await _http.SendAsync(request, context.RequestAborted);
    }

    /// <summary>Gives the caller the beginning of an answer: its status and headers.</summary>
    public static void Copy(HttpResponseMessage from, HttpResponse to)
    {
        to.StatusCode = (int)from.StatusCode;
        foreach (var (name, values) in from.Headers.Concat(from.Content.Headers).Where(header => Passes(header.Key)))
        {
            to.Headers[name] = values.ToArray();
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool Passes(string header) => header[0] != ':' && !OfTheConnection.Contains(header);
}
