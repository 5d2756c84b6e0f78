using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;

namespace Idp.Kubernetes.Client;

/// <summary>The way of a request to a cluster.</summary>
/// <remarks>
/// <c>k8s.Kubernetes</c> would lay such a way too, but all that it sets there is set otherwise here, and with it come the package's models of
/// every built-in kind: compiled ahead of time, that is 13 MB of program and 22 MB of memory.
/// </remarks>
internal static class Pipeline
{
    /// <summary>Makes one, which a request passes after the handlers that are given; whoever disposes it hangs up.</summary>
    public static HttpClient Create(KubeConfig config, TimeProvider clock, WriteFence? fence, IEnumerable<DelegatingHandler> first)
    {
        var configuration = config.Configure();
        var credentials = new CredentialHandler(() => config.Plugin is { } plugin
            ? new ExecCredentials(plugin, clock)
            : k8s.Kubernetes.CreateCredentials(config.Configure()));
        var connections = CreateConnections(config);
        Secure(connections, configuration, credentials);
        credentials.InnerHandler = fence?.Before(connections) ?? connections;
        HttpMessageHandler way = credentials;
        foreach (var handler in first.Reverse())
        {
            handler.InnerHandler = way;
            way = handler;
        }

        return CreateClient(way, config.Server, configuration.TlsServerName);
    }

    private static SocketsHttpHandler CreateConnections(KubeConfig config) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = config.Plugin is null ? Timeout.InfiniteTimeSpan : ExecCredentials.ConnectionLifetime,
        EnableMultipleHttp2Connections = true,

        // These find out half-open connections; HTTP/1.1 has no such thing.
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        Proxy = config.Proxy is null ? null : new WebProxy(config.Proxy),
    };

    private static void Secure(SocketsHttpHandler connections, KubernetesClientConfiguration configuration, CredentialHandler credentials)
    {
        var certificate = ClientCertificate.Of(configuration);
        connections.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => (credentials.Certificate ?? certificate)!;
        if (configuration.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for it: insecure-skip-tls-verify.
            connections.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (configuration.SslCaCerts is { } authorities)
        {
            // The package's callback takes a certificate of any name, and those of the machine's authorities too. A policy in place of a
            // callback leaves the whole check to the framework.
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            connections.SslOptions.CertificateChainPolicy = policy;
        }
    }

    // Measured: 1,000 applies, 16 at a time, three rounds each on two busy cores: HTTP/2 543 to 849 a second,
    // HTTP/1.1 616 to 846, which is the same; but HTTP/2 took two thirds of the client's CPU time, and one connection.
    private static HttpClient CreateClient(HttpMessageHandler way, Uri server, string? serverName)
    {
        var http = new HttpClient(way)
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

        // The framework checks the certificate for the name in the Host header, and has no other place to say one.
        http.DefaultRequestHeaders.Host = string.IsNullOrWhiteSpace(serverName) ? null : serverName;
        return http;
    }
}
