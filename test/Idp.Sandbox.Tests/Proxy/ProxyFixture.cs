using System.Net;
using System.Net.Security;
using Idp.Testing.Proxy;

namespace Idp.Sandbox.Tests.Proxy;

/// <summary>A proxy in front of a scripted server, and a caller; in plain text, or over TLS and HTTP/2.</summary>
public abstract class ProxyFixture(bool tls) : IAsyncLifetime
{
    public static readonly TimeSpan Patience = ManualTime.Patience;
    private HttpClient _http = null!;

    public ScriptedServer Server { get; private set; } = null!;

    public FaultProxy Proxy { get; private set; } = null!;

    /// <summary>Ends a test that waits in vain.</summary>
    public CancellationToken Token { get; } = new CancellationTokenSource(Patience).Token;

    public async Task InitializeAsync()
    {
        Server = await ScriptedServer.StartAsync();
        Proxy = await FaultProxy.StartAsync(new FaultProxyOptions { Upstream = Server.Address, Tls = tls }, Token);
        _http = NewCaller();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await Proxy.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A caller with connections of its own, which tries a silent one after a second.</summary>
    public HttpClient NewCaller()
    {
        var handler = new SocketsHttpHandler
        {
            KeepAlivePingDelay = TimeSpan.FromSeconds(1),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(1),
            SslOptions = new SslClientAuthenticationOptions
            {
#pragma warning disable CA5359 // Whose certificate it is, is tried with the real client.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = Proxy.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    public async Task<string> GetAsync(string target) => await _http.GetStringAsync(new Uri(target, UriKind.Relative), Token);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, target) { Content = content, Version = HttpVersion.Version20 };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");
        request.Headers.TryAddWithoutValidation("User-Agent", "caller/1");
        return await _http.SendAsync(request, Token);
    }

    /// <summary>Begins to watch; the proxy knows of the watch when this is done.</summary>
    public async Task<StreamReader> WatchAsync(string target = "apis/idp.dev/v1/things?watch=true") =>
        new(await _http.GetStreamAsync(new Uri(target, UriKind.Relative), Token));
}
