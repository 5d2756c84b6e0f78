using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Idp.Testing.Proxy;

namespace Idp.GitHub.Tests;

/// <summary>Whom a push trusts: the same as every other request, for it goes by the same client.</summary>
public sealed class TrustTest : IAsyncLifetime
{
    private World _world = null!;
    private FaultProxy _proxy = null!;
    private Repository _repository = null!;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync();
        _repository = await _world.CreateAsync();
        _proxy = await FaultProxy.StartAsync(new FaultProxyOptions { Upstream = _world.Server.BaseAddress, Tls = true }, default);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task AuthorityOfTheClients_IsThePushsToo()
    {
        using var http = Trusting(await AuthorityAsync());

        var sha = await PushAsync(http, _proxy.Address);

        (await _world.Client.FindHeadAsync(_repository, "main", default)).Should().Be(sha);
        _proxy.Requests.Should().Contain(request => request.Method == "POST" && request.Path.EndsWith("/git-receive-pack", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnotherHostName_AndAnUnknownAuthority_AreRefused_BeforeTheTokenIsSent()
    {
        using var trusting = Trusting(await AuthorityAsync());
        using var usual = GitHubHttp.CreateClient();
        var elsewhere = new UriBuilder(_proxy.Address) { Host = "localhost" }.Uri;

        await FluentActions.Awaiting(() => PushAsync(trusting, elsewhere)).Should().ThrowAsync<GitHubUnavailableException>();
        await FluentActions.Awaiting(() => PushAsync(usual, _proxy.Address)).Should().ThrowAsync<GitHubUnavailableException>();

        _proxy.Requests.Should().BeEmpty();
        (await _world.Client.FindHeadAsync(_repository, "main", default)).Should().BeNull();
    }

    private Task<string> PushAsync(HttpClient http, Uri address)
    {
        var options = new GitHubOptions { BaseAddress = address, ObjectStore = Path.Combine(_world.Folder, "objects") };
        return new GitHubClient(http, new TokenFile(_world.TokenPath), options, TimeProvider.System).CommitScaffoldAsync(_repository, Scaffolds.Rich, default);
    }

    private static HttpClient Trusting(X509Certificate2 authority) => GitHubHttp.CreateClient(guard: connections =>
    {
        connections.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        return connections;
    });

    // The proxy's certificate is its own authority; a handshake shows it.
    private async Task<X509Certificate2> AuthorityAsync()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(_proxy.Address.Host, _proxy.Address.Port);
#pragma warning disable CA5359 // It is only looked at.
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(_proxy.Address.Host);
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }
}
