using System.Net;

namespace Idp.Sandbox.Tests.Proxy;

/// <summary>As in front of the API server.</summary>
public sealed class TlsFaultProxyTest() : FaultProxyTest(tls: true)
{
    [Fact]
    public async Task CallersSpeakHttp2()
    {
        using var response = await SendAsync(HttpMethod.Get, "any");

        response.Version.Should().Be(HttpVersion.Version20);
    }

    [Fact]
    public async Task ThePingsOfHttp2_FindOutAConnectionThatHangs()
    {
        using var watch = await WatchAsync();

        Proxy.HangConnections();

        await FluentActions.Awaiting(() => watch.ReadLineAsync(Token).AsTask()).Should().ThrowAsync<IOException>();
        (await GetAsync("again")).Should().NotBeEmpty("a new connection works");
    }
}
