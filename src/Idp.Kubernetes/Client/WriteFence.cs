using System.Net;
using System.Net.Sockets;

namespace Idp.Kubernetes.Client;

/// <summary>Lets no write through unless it may be sent now: the last thing before the network.</summary>
/// <remarks>
/// <para>
/// Guarantees: whoever may not write sends nothing, even where its timers have not fired yet, because the process was
/// frozen or starved. Asked twice: before a connection is sought, which may take seconds, and when the body is about to
/// be written to one; a request whose body never comes does nothing.
/// </para>
/// <para>
/// What remains: between the last question and the socket lies no wait, but a process may be frozen right there, and what
/// has left the machine cannot be called back. For these a lease lasts longer than its holder may write, applies carry
/// the object's uid, and steps look before they act.
/// </para>
/// </remarks>
/// <param name="mayWrite">Whether writes may be sent at this moment; asked from any thread.</param>
public sealed class WriteFence(Func<bool> mayWrite)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _sockets = [];

    /// <summary>Whether writes may be sent at this moment, which is whether this process is the one that works.</summary>
    public bool IsOpen => mayWrite();

    /// <summary>Puts the fence before connections.</summary>
    /// <param name="connections">Not in use yet; nothing else sends over them.</param>
    /// <returns>What requests are sent by.</returns>
    public HttpMessageHandler Before(SocketsHttpHandler connections)
    {
        connections.ConnectCallback = ConnectAsync;
        return new FencedHandler(ThrowIfClosed) { InnerHandler = connections };
    }

    /// <summary>Breaks every connection, and forgets what the machine has not sent yet.</summary>
    /// <remarks>
    /// A network that is away holds back what was sent into it, and gives it on when it is back, long after the request
    /// was given up here: with an end of the connection that waits for nothing, it does not.
    /// </remarks>
    public void HangUp()
    {
        List<Socket> sockets;
        lock (_lock)
        {
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        sockets.ForEach(socket => socket.Close(timeout: 0));
    }

    // As the framework connects where nothing else is said.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        lock (_lock)
        {
            _sockets.RemoveWhere(old => !old.Connected);
            _sockets.Add(socket);
        }

        return new NetworkStream(socket, ownsSocket: true);
    }

    // To the callers it is a server that cannot be reached, which every one of them has to live with anyway.
    private void ThrowIfClosed()
    {
        if (!mayWrite())
        {
            throw new HttpRequestException("This process does not lead: nothing was sent.");
        }
    }
}

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

/// <summary>A body that asks once more when it is about to be written to a connection.</summary>
internal sealed class FencedContent : HttpContent
{
    private readonly HttpContent _body;
    private readonly Action _throwIfClosed;

    public FencedContent(HttpContent body, Action throwIfClosed)
    {
        (_body, _throwIfClosed) = (body, throwIfClosed);
        foreach (var (name, values) in body.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _throwIfClosed();
        return _body.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        _body.Dispose();
        base.Dispose(disposing);
    }
}
