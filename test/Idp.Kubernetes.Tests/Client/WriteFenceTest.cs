using System.Net;
using System.Net.Sockets;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Who may not write sends nothing; real sockets.</summary>
public sealed class WriteFenceTest : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly WriteFence _fence;
    private bool _mayWrite = true;

    public WriteFenceTest()
    {
        _fence = new WriteFence(() => _mayWrite);
        _server.Start();
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("PATCH")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Write_ThatMayNotBeSent_DoesNotEvenConnect(string method)
    {
        var connected = false;
        using var client = Client(() => connected = true);
        _mayWrite = false;

        await client.Awaiting(http => http.SendAsync(Request(method))).Should().ThrowAsync<HttpRequestException>();

        connected.Should().BeFalse();
    }

    /// <summary>A connection may take seconds to come about, and a process may be frozen meanwhile.</summary>
    [Fact]
    public async Task Write_ThatMayNoLongerBeSentOnceItIsConnected_IsNotSent()
    {
        using var client = Client(() => _mayWrite = false);

        await client.Awaiting(http => http.SendAsync(Request("PATCH"))).Should().ThrowAsync<HttpRequestException>();

        using var connection = await _server.AcceptTcpClientAsync();
        (await connection.GetStream().ReadAsync(new byte[1])).Should().Be(0, "the connection was closed with nothing sent");
    }

    [Fact]
    public async Task Connections_ThatAreHungUp_ForgetWhatIsUnderWay_AndOthersTakeTheirPlace()
    {
        using var client = Client();
        var huge = client.SendAsync(new HttpRequestMessage(HttpMethod.Put, new Uri("/", UriKind.Relative)) { Content = new ByteArrayContent(new byte[64 << 20]) });
        using var slow = await _server.AcceptTcpClientAsync();
        (await slow.GetStream().ReadAsync(new byte[1])).Should().Be(1, "it has begun, and more than the buffers hold is to come");

        _fence.HangUp();

        await FluentActions.Awaiting(() => huge).Should().ThrowAsync<HttpRequestException>();
        var rest = () => slow.GetStream().CopyToAsync(Stream.Null);
        await rest.Should().ThrowAsync<IOException>("a reset makes the other side forget too what it has not read yet");
        var sending = client.SendAsync(Request("PATCH"));
        await AnswerAsync();
        (await sending).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Write_ThatMayBeSent_ArrivesWhole()
    {
        using var client = Client();
        var sending = client.SendAsync(Request("PATCH"));

        var seen = await AnswerAsync();

        (await sending).StatusCode.Should().Be(HttpStatusCode.NoContent);
        seen.Should().StartWith("PATCH / HTTP/1.1").And.Contain("Content-Length: 4").And.Contain("text/plain").And.EndWith("\r\n\r\nbody");
    }

    [Fact]
    public async Task Reading_IsFreeToAll()
    {
        using var client = Client();
        _mayWrite = false;
        var sending = client.GetAsync(new Uri("/", UriKind.Relative));

        await AnswerAsync();

        (await sending).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private HttpClient Client(Action? connected = null)
    {
        var connections = new SocketsHttpHandler
        {
            PlaintextStreamFilter = (context, _) =>
            {
                connected?.Invoke();
                return ValueTask.FromResult(context.PlaintextStream);
            },
        };
        return new HttpClient(_fence.Before(connections)) { BaseAddress = new Uri($"http://{_server.LocalEndpoint}/") };
    }

    private static HttpRequestMessage Request(string method) =>
        new(new HttpMethod(method), new Uri("/", UriKind.Relative)) { Content = method == "DELETE" ? null : new StringContent("body") };

    private async Task<string> AnswerAsync()
    {
        using var connection = await _server.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var buffer = new byte[4096];
        var length = 0;
        string text;
        do
        {
            length += await stream.ReadAsync(buffer.AsMemory(length));
            text = System.Text.Encoding.ASCII.GetString(buffer, 0, length);
        }
        while (!text.EndsWith("body", StringComparison.Ordinal) && !(text.StartsWith("GET", StringComparison.Ordinal) && text.EndsWith("\r\n\r\n", StringComparison.Ordinal)));
        await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        return text;
    }
}
